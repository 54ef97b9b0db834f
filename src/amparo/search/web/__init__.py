"""The pages and rows of `search`, as a Django app."""
