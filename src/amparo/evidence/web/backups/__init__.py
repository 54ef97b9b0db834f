"""Backups of the open workspace: tables as blocks, objects as they are, and the way back."""
