"""Composition: settings, addresses, panels, the look. Everything is wired together here."""
