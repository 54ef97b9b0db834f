"""Patterns on pages and in rows: choose a table and a method, read the finding, take it away."""
