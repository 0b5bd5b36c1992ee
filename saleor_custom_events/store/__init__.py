"""What a store takes and gives, as values. The lowest floor but errors: imports nothing else of ours."""
