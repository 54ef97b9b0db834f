"""Interviews on pages: who was asked what, when, and what they answered."""
