"""What a scenario can do to the world: one file each, known by name through an entry point."""
