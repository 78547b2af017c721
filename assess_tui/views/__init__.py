"""What the screens show, as Content: drawing only."""
