"""`make chaos`."""
