"""The pages and rows of `evidence`, as a Django app."""
