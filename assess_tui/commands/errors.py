"""What a command refuses."""

from __future__ import annotations

BAD_INPUT = 2
"""The exit status of a command that refuses what it was given."""


class BadInputError(Exception):
    """What was given cannot be used; one line that names the file, the line and the field where there are any."""
