"""One file for each publisher's form of a list; each gives a ``NameList``."""
