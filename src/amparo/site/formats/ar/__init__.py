"""Arabic, read from right to left."""
