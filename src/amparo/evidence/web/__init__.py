"""Evidence on pages and in rows: files, their custody, exhibits, packages, verification."""
