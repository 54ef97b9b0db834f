"""Packages: a matter's evidence as it leaves and as it is received, in BagIt (RFC 8493)."""
