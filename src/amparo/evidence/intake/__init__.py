"""Intake: the files of a delivery, told apart by their content and sealed in one pass."""
