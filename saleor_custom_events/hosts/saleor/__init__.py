"""The plugin in Saleor: the only place that imports it."""
