"""The stores that we run in."""
