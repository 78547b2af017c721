"""What the commands do, one file a group. Each function takes the parsed options and returns the exit status."""
