"""The log: reading it, and saying why nothing happened."""
