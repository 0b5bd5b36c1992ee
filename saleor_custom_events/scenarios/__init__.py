"""The scenario engine: pure functions over data. No Django, no clock, no I/O."""
