"""The pages of the search: finding, and what is kept to be looked for again."""
