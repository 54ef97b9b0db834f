"""Near-duplicates: pictures, pages and texts that are alike, with how far they are apart."""
