"""Patterns: counts, trends, and estimates of what was never documented."""
