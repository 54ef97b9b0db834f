"""The blank form as the agency made it: its fields, its print, its tooltips, its edition."""
