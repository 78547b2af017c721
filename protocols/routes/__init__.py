"""What stands behind the route: what is left out and why, how long a visit is, where the patient pauses."""
