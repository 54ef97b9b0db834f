"""Evidence: the sealed store, its custody ledger, and the proof of both."""
