"""What the intake asks for beside the tests: precautions, and what the patient has at home."""

from __future__ import annotations

from protocols.model.base import Fact


class Precaution(Fact, frozen=True, kw_only=True):
    """A block code and the intake question that sets it."""

    code: str
    name: str
    ask: str
    """Empty where the screen sets it, never the intake."""
    means: str


class Kit(Fact, frozen=True, kw_only=True):
    """Something a patient may have at home."""

    id: str
    name: str
    always: bool = False
