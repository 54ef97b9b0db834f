"""The pages of deadlines: the rulebook, a matter's, why a date, one's own, calendar feeds."""
