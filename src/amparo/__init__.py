"""Amparo: evidence, cases and filings, each statement traceable to its source."""
