"""Filling: where each answer goes, what has no room, and the form that is written."""
