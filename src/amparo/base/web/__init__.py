"""The Django ground: the encrypted database, background jobs, panels."""
