"""The pages of counts."""
