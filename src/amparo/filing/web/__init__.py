"""Bundles and official forms on pages and in rows, from a draft to what an attorney approved."""
