"""Text, metadata, pictures and children of files, read where a hostile file can do no harm."""
