"""Readers: one module per file format, each turning a source into a Document.

Every reader's offsets point into the source as its author wrote it.
"""
