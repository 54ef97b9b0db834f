"""Translations: passages of an original, what a person made of each, and the certificate."""
