"""The pages about people: the session, one's own preferences, everyone, the audit."""
