"""Who may use the instrument and what it does not do; the words are those of the report."""

from __future__ import annotations

from reports.intended_use import STATEMENT

__all__ = ["STATEMENT"]
