"""Verification: the filled form is read and drawn again before it is offered."""
