"""The matter: the unit of access, with its parties, team, tasks and notes."""
