"""The pages about items: the viewer, pictures of pages, pinpoints, and the work under way."""
