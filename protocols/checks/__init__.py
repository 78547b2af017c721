"""What can be wrong in a library, behind `check`: shape, tests, cards, poses, and how files fit each other."""
