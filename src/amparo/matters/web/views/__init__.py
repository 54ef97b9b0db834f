"""The pages of a matter: the list, the overview, its parts, its team, its history."""
