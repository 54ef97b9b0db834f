"""One module a kind of file; each has ``read(file, name, limits) -> Reading``."""
