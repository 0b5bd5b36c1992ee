"""Tests inside a real Saleor: `python -m tests.saleor`."""
