"""How dates and times are written, where Django's own habit puzzles a reader elsewhere."""
