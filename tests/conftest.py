"""General rules are tried on the same examples each time, a tenth of what `--hypothesis-profile full` tries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from assess_tui.key_words import put_in_force

settings.register_profile("fast", max_examples=30, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=300, deadline=None)
settings.load_profile("fast")


@pytest.fixture(autouse=True)
def _declared_keys() -> Iterator[None]:
    """A test that put other keys in force leaves none behind."""
    yield
    put_in_force({})
