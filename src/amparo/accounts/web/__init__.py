"""People on pages and in rows: signing in, second factors, sessions, everyone, the audit."""
