"""Deadlines on pages and in rows: set, explained step by step, listed, and put into calendars."""
