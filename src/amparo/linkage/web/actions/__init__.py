"""The only writers of linkage, each with its line in the audit."""
