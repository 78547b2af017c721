"""A table of the report before it is laid out."""

from __future__ import annotations

import msgspec

from reports.blocks import Cell


class Rows(msgspec.Struct, frozen=True):
    """A table: head, rows, shares of the width."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]
