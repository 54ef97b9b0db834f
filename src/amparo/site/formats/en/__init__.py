"""English, on both sides of the Atlantic."""
