"""What leaves the room: the take-home plan, the report, letters, pictures."""
