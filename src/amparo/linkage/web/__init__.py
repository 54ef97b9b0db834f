"""Linkage on pages and in rows: conflicts of interest, linked tables, screening against lists."""
