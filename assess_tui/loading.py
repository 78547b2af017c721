"""What is not loaded: modules that a library would like, and does without where they are missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(name: str) -> Iterator[None]:
    """Inside, `import name` fails as where it is not installed, unless it is loaded already; afterwards it does not."""
    absent = sys.modules.setdefault(name, None) is None  # type: ignore[arg-type]  # None: absent
    try:
        yield
    finally:
        if absent:
            del sys.modules[name]
