"""Linkage: who is the same as whom, with the reasons; nothing is merged by itself."""
