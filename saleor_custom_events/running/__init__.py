"""Running: from due invocations to settled ones."""
