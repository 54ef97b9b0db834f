"""The index in the database, whichever that is, and the pages that ask it."""
