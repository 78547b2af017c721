"""Pieces -> pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations

from reports.pdf.piece import Piece, gap, stack

Leaf = list[Piece]
"""What stands on one page, from top to bottom."""


def paginate(parts: Sequence[Piece], height: float, roaming: Collection[Piece] = ()) -> list[Leaf]:
    """Fill pages of this height. A piece taller than a page is taken apart; what cannot be, has a page of its own.

    Pieces that are `roaming` fill the room left where the next one begins a page, in their order.
    """
    leaves: list[Leaf] = [[]]
    waiting = list(_groups(parts))
    while waiting:
        group = waiting.pop(0)
        if roaming and not fits([*leaves[-1], *group], height):
            waiting = _filled(waiting, leaves[-1], height, roaming)
        _place(group, leaves, height)
    _join_the_last(leaves, leaves[:-1] if roaming else leaves[-2:-1], height)
    return leaves


def _join_the_last(leaves: list[Leaf], givers: list[Leaf], height: float) -> None:
    """A last page with one piece on it takes the latest that may roam from the foot of a page before it."""
    last = leaves[-1]
    for leaf in reversed(givers):
        if len(last) == 1 and len(leaf) > 1 and leaf[-1].roams and fits([leaf[-1], *last], height):
            last.insert(0, leaf.pop())


def roamers(parts: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Every choice of pieces that roam, from none to all that may."""
    free = [part for part in parts if part.roams]
    return chain.from_iterable(combinations(free, count) for count in range(len(free) + 1))


def unfilled(leaves: Sequence[Leaf], height: float) -> float:
    """How much white is left on the pages before the last: the squares of its shares, so that one half page left empty
    weighs more than two quarters.
    """
    return float(sum((1 - stack(leaf) / height) ** 2 for leaf in leaves[:-1]))


def _filled(waiting: list[Leaf], leaf: Leaf, height: float, roaming: Collection[Piece]) -> list[Leaf]:
    """What still waits after all that roams, and fits, has been put on the leaf."""
    left = []
    for group in waiting:
        if group[0] in roaming and fits([*leaf, *group], height):
            leaf.extend(group)
        else:
            left.append(group)
    return left


def _groups(parts: Sequence[Piece]) -> Iterator[Leaf]:
    """Pieces that must share a page: those kept with the next, and the next."""
    group: Leaf = []
    for part in parts:
        group.append(part)
        if not part.keep:
            yield group
            group = []
    if group:
        yield group


def _place(group: Leaf, leaves: list[Leaf], height: float) -> None:
    if fits([*leaves[-1], *group], height):
        leaves[-1].extend(group)
    elif fits(_begun(group), height):
        leaves.append(_begun(group))
    elif len(group) > 1:
        for part in group:
            _place([part], leaves, height)
    elif group[0].inside:
        for some in _groups(group[0].inside):
            _place(some, leaves, height)
    else:
        leaves.append(_begun(group))


def _begun(group: Leaf) -> Leaf:
    """A new page, with the head repeated of a table that goes on."""
    head = group[0].head
    return [head, *group] if head else list(group)


def fits(leaf: Leaf, height: float) -> bool:
    """Whether a page of this height holds it."""
    return stack(leaf) <= height + 0.01


def tops(leaf: Leaf, top: float) -> Iterator[tuple[Piece, float]]:
    """Each piece with the top edge it is painted at."""
    for number, part in enumerate(leaf):
        if number:
            top -= gap(leaf[number - 1], part)
        yield part, top
        top -= part.height
