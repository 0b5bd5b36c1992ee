"""A small store that keeps Saleor's contract, for trying and testing custom events without Saleor."""
