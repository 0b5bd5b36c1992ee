"""Custom events and the scenarios that start from them, for Saleor."""

__version__ = "0.1.0"
