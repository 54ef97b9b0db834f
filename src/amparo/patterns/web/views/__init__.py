"""The pages of counts: a matter's tables, one page for every method, estimates, words."""
