"""Drawing answers: fonts, shaped letters, what fits, and what a field then shows."""
