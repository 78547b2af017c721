"""What is not loaded: modules that a library would like, and does without where they are missing."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def load(module: str, *, without: str) -> ModuleType:
    """Load a module. Meanwhile `without`, unless it is loaded, is as if it were not installed: who asks may go without.

    Who cannot has it: then all is loaded as usual. Afterwards it can be imported as ever.
    """
    left_out = without not in sys.modules
    if left_out:
        sys.modules[without] = None  # type: ignore[assignment]  # to Python: absent
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not left_out or error.name != without:
            raise
    finally:
        if left_out:
            del sys.modules[without]
    return import_module(module)
