"""A Django database backend for SQLCipher: SQLite whose file is encrypted with the workspace's key.

``OPTIONS["key"]`` is a callable that returns the 32-byte database key; it is asked at each new
connection, so that a locked workspace opens none.
"""
