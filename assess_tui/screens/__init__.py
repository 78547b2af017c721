"""One screen a file, imported when it opens."""
