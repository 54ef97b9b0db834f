"""The pages about what files say: the viewer and what stands beside it, and the work under way."""
