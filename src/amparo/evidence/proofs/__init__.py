"""Proofs that came with a file: what it was signed, stamped and described with, and what holds."""
