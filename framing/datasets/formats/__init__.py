"""The original files of each public corpus, as published → tables.

Every parser takes the folder of the original files and returns tables by name, with the columns
text, label (1 editorial, 0 reporting), group, and what else the corpus tells of a sentence.
"""
