"""What is read for the pages of counts: the tables among a matter's files, and their records."""

from amparo.patterns.web.queries.tables import Sheet, Source, sheet_of, tables_of

__all__ = ["Sheet", "Source", "sheet_of", "tables_of"]
