"""The demo: one scripted visit to the sandbox store, and what can be seen of it."""
