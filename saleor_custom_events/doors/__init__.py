"""The doors: convert, ask, answer."""
