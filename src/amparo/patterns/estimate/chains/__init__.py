"""Chains of the Bayesian sampler: where they begin and settle, and whether they said enough."""
