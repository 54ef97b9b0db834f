"""PDF through pdfium: opened, read with the place of each word, and searched for what it carries.

Runs in workers only: pdfium can crash on hostile files.
"""
