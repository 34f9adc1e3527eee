"""Reports: pure functions from an analysis to a string.

Nothing here prints, reads a file or decides an exit code. What is shown of an analysis, and
which words are marked, is laid out once (:mod:`framing.reports.layout`); plain text and the
terminal only draw it differently.
"""
