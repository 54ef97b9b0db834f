"""A backup: sealed objects, sealed blocks of rows, and snapshots that say which belong together.

::

    objects/ab/cd…                  the workspace's objects, as they are: age files
    rows/ab/cd…                     blocks of rows, age files too, named by what is in them
    snapshots/20261122T015400Z.age  what one moment consisted of, signed and sealed
    snapshots/20261122T015400Z.toml the locked keys of that moment (a copy of ``amparo.toml``)

A folder or a bucket. Nothing in it can be read, or recognised, without the passphrase or the
recovery code, and nothing is ever overwritten: what a later snapshot has in common with an earlier
one is there once. Rows are kept as values, not as a database's pages, so that a backup of SQLCipher
is restored into PostgreSQL and the other way round.
"""
