"""Hash functions, those of Python itself: hashlib would load OpenSSL, 3.5 MB, for the same digests.

The `random` of the standard library takes its own in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any


def _own(name: str, *modules: str) -> Callable[..., Any]:
    """The function from the first of these modules that there is: where Python was built without, hashlib's."""
    for module in modules:
        with suppress(ImportError):
            own: Callable[..., Any] = getattr(import_module(module), name)
            return own
    usual: Callable[..., Any] = getattr(import_module("hashlib"), name)
    return usual


if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    blake2b = _own("blake2b", "_blake2")
    sha256 = _own("sha256", "_sha2", "_sha256")

__all__ = ["blake2b", "sha256"]
