"""Recordings: sound and film, their tracks and times, what is heard in them and said of them."""
