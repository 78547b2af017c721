"""The open visit: every answer on record first, what was said of it, what came meanwhile, what was taken home."""
