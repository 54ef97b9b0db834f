"""The pages of linkage: conflicts of interest, duplicates, screening."""
