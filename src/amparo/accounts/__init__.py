"""People: users, roles, sign-in, sessions and the audit of what they did."""
