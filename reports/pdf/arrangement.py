"""The best of many arrangements: how loosely the text is set, how large the drawings are, what fills a page's foot."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from reports.blocks import Block, Sheet
from reports.pdf.layout import pieces
from reports.pdf.paging import Leaf, fits, paginate, roamers, unfilled
from reports.pdf.piece import COLUMN, LEAST_COLUMN, Desk, Piece
from reports.pdf.styles import AIRS, Air, styles

VERY_LARGE: Final = 18
"""The size of type, in points, from which drawings may shrink."""
TIGHT: Final = 0.03
MOVED: Final = 0.05
"""What white on the pages is weighed against: each step of tighter setting, and each part that leaves its place."""


class Room(NamedTuple):
    """What may be filled of a page, in points."""

    width: float
    height: float


class _Setting(NamedTuple):
    """A document set in one way."""

    parts: Sequence[Piece]
    tightness: int
    """Which of the airs."""
    usual: Sequence[Piece]
    """The same parts with drawings of the usual size."""


def arranged(blocks: Sequence[Block], sheet: Sheet, desk: Desk, room: Room) -> list[Leaf]:
    """The pages: as few as can be, the last with more than one piece; then as evenly filled and as loosely set as those
    allow. In very large type drawings give way to the words beside them where that saves a page, and only on pages that
    have no room for them.
    """
    tried = [
        (_cost(leaves, setting, roaming, room), leaves, setting)
        for setting in _settings(blocks, sheet, desk, room)
        for roaming in roamers(setting.parts)
        for leaves in (paginate(setting.parts, room.height, roaming),)
    ]
    _, leaves, setting = min(tried, key=lambda one: one[0])
    return [_with_room(leaf, setting, room) for leaf in leaves]


def _cost(leaves: list[Leaf], setting: _Setting, roaming: Collection[Piece], room: Room) -> tuple[float, ...]:
    white = unfilled(leaves, room.height) + setting.tightness * TIGHT + len(roaming) * MOVED
    hidden = any(part.ends for leaf in leaves[1:-1] for part in leaf)
    first = any(part.ends for part in roaming)
    return hidden, len(leaves), first, len(leaves[-1]) == 1, setting.parts is not setting.usual, white


def _settings(blocks: Sequence[Block], sheet: Sheet, desk: Desk, room: Room) -> Iterator[_Setting]:
    def parts(air: Air, column: float) -> list[Piece]:
        own = styles(sheet.type_size, sheet.smallest, air)
        here = desk._replace(styles=own, space=air.space, column=column)
        return pieces(blocks, room.width, here, desk.tagger.root)

    for tightness, air in enumerate(AIRS):
        usual = parts(air, COLUMN)
        yield _Setting(usual, tightness, usual)
        if sheet.type_size >= VERY_LARGE:
            yield _Setting(parts(air, LEAST_COLUMN), tightness, usual)


def _with_room(leaf: Leaf, setting: _Setting, room: Room) -> Leaf:
    """The page with drawings of the usual size where they fit."""
    usual = {id(part): same for part, same in zip(setting.parts, setting.usual, strict=True)}
    larger = [usual.get(id(part), part) for part in leaf]
    return larger if fits(larger, room.height) else leaf
