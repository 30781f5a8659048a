"""Searches that are too large to be brought in while somebody waits: a worker brings them in, all of it or none."""
