"""Matters on pages and in rows; ``access`` in it is the gate that everything goes through."""
