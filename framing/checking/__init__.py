"""The newsroom's check: from drafts to findings.

find → read → judge → rules → suppress → baseline → changed sentences → report. Every step is a
function over tuples; nothing here prints or decides an exit code.
"""
