"""Every key: declared, named, put in force, and taken in the order it was typed."""
