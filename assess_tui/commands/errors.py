"""What a command refuses."""

from __future__ import annotations


class BadInputError(Exception):
    """What was given cannot be used; one line that names the file, the line and the field where there are any."""
