"""The pages of evidence: files in, the list, custody, exhibits, packages, verification, backups."""
