"""The pages about a matter's evidence."""
