"""Extract: text, metadata, pictures and children of files, read where they can do no harm.

``sandbox`` is the room in which every file is read, without network and with limits · ``readers``,
one module a kind of file, and ``pdf`` · ``ocr`` for words that are only seen · ``rendition``: files
set to pages · ``conversations``, ``recordings`` and ``captures`` of web pages · ``near``: what is
alike · ``translations`` · ``suggestions`` of names, dates and places, for people to accept ·
``proofs`` that came with a file.

Whatever parses bytes of others runs in the sandbox; what comes out of it is plain values
(``reading``), each page with the places of its words, so that a pinpoint can name them.
"""
