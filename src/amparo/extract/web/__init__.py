"""The pages and rows of `extract`, as a Django app."""
