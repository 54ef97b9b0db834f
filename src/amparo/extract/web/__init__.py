"""What was read, on pages and in rows: the viewer, pinpoints, transcripts, translations, proofs."""
