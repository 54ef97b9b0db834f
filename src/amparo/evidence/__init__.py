"""Evidence: what was received, sealed and kept so that a stranger can check it.

``intake`` tells files apart and seals them · ``store`` keeps them, each an age file · ``ledger``
states what happened and can show that nobody changed it · ``custody``: how things came and went,
physical exhibits, holds, disposal · ``proofs`` that came with files · ``packages`` that leave and
arrive · ``verifier``, the one file that a stranger runs · ``backup`` · ``care`` for who looks.

What a file *says* is no business of this slice: ``extract`` stands on it and reads.
"""
