"""Proposing a map for a form that has none, and a person's review of it."""
