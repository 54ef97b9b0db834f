"""The pages and rows of `matters`, as a Django app."""
