"""General rules are tried on the same examples each time, a tenth of what `--hypothesis-profile full` tries."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fast", max_examples=30, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=300, deadline=None)
settings.load_profile("fast")
