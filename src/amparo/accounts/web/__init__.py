"""The pages and rows of `accounts`, as a Django app."""
