"""Search: the query language and the index over everything that was read."""
