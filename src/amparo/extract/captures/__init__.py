"""Captured pages of web archives: which records are pages, their words, links and screenshots.

An archive is gone through twice: ``surveying`` finds the pages and their screenshots, ``pages``
reads them. Nothing is fetched and no script is run.
"""

from amparo.extract.captures.naming import KINDS, record_in, screenshot_in, screenshot_path

__all__ = ["KINDS", "record_in", "screenshot_in", "screenshot_path"]
