"""The pages and rows of `filing`, as a Django app."""
