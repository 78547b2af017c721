"""Pieces fill pages in order; none is parted, none is lost, none runs over the foot."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from reports.pdf.paging import paginate, roamers, tops, unfilled
from reports.pdf.piece import Piece, stack

HEIGHT = 100.0


def piece(height: float, *, keep: bool = False, head: Piece | None = None, inside: tuple[Piece, ...] = ()) -> Piece:
    return Piece(height, lambda left, top: None, before=4, after=2, keep=keep, head=head, inside=inside)


PIECES = st.lists(st.builds(piece, st.floats(1, 100), keep=st.booleans()), min_size=1, max_size=30)


@given(PIECES)
def test_all_pieces_stand_in_order_and_no_page_overflows(parts: list[Piece]) -> None:
    leaves = paginate(parts, HEIGHT)
    assert [part for leaf in leaves for part in leaf] == parts
    assert all(stack(leaf) <= HEIGHT + 0.01 for leaf in leaves)
    for leaf in leaves:
        for part, top in tops(leaf, HEIGHT):
            assert top - part.height >= -0.01


@given(PIECES)
def test_a_heading_does_not_end_a_page_when_it_fits_on_the_next(parts: list[Piece]) -> None:
    leaves = paginate(parts, HEIGHT)
    for leaf, following in itertools.pairwise(leaves):
        if leaf[-1].keep:
            group = [leaf[-1], *following[:1]]
            assert stack(group) > HEIGHT or any(part.keep for part in (*leaf[:-1], following[0]))


def test_a_card_that_does_not_fit_begins_a_page() -> None:
    first, card = piece(60), piece(50)
    assert paginate([first, card], HEIGHT) == [[first], [card]]


def test_a_card_taller_than_a_page_is_taken_apart_instead_of_cut_off() -> None:
    parts = (piece(70), piece(70))
    assert paginate([piece(142, inside=parts)], HEIGHT) == [[parts[0]], [parts[1]]]


def test_a_table_that_goes_on_repeats_its_head() -> None:
    head = piece(10)
    rows = [piece(40, head=head) for _ in range(4)]
    assert paginate(rows, HEIGHT) == [rows[:2], [head, *rows[2:4]]]


def test_what_may_roam_fills_the_room_before_a_card_and_nothing_else_moves() -> None:
    first, card, last = piece(60), piece(80), piece(40)
    large, small = (piece(height)._replace(roams=True) for height in (50, 20))
    parts = [first, card, large, small, last]
    assert paginate(parts, HEIGHT) == [[first], [card], [large], [small, last]]
    assert paginate(parts, HEIGHT, [large, small]) == [[first, small], [card], [large, last]]


def test_the_last_piece_is_not_left_alone() -> None:
    card, rule, last = piece(60), piece(30)._replace(roams=True), piece(50)
    assert paginate([card, rule, last], HEIGHT) == [[card], [rule, last]]
    assert paginate([card, piece(30), last], HEIGHT)[-1] == [last], "what may not roam stays with what it follows"


@given(st.lists(st.builds(piece, st.floats(1, 100), keep=st.booleans()), min_size=1, max_size=30), st.data())
def test_roaming_loses_nothing_and_no_page_overflows(parts: list[Piece], data: st.DataObject) -> None:
    marked = [part._replace(roams=data.draw(st.booleans())) for part in parts]
    leaves = paginate(marked, HEIGHT, [part for part in marked if part.roams])
    assert sorted(map(id, marked)) == sorted(id(part) for leaf in leaves for part in leaf)
    assert all(stack(leaf) <= HEIGHT + 0.01 for leaf in leaves)
    kept = [part for leaf in leaves for part in leaf if not part.roams]
    if not any(part.keep for part in marked):
        assert [id(part) for part in kept] == [id(part) for part in marked if not part.roams]


def test_any_choice_of_what_may_roam_is_tried_fewest_first() -> None:
    fixed, first, second = piece(10), piece(20)._replace(roams=True), piece(30)._replace(roams=True)
    assert list(roamers([fixed, first, second])) == [(), (first,), (second,), (first, second)]


def test_one_half_page_left_white_weighs_more_than_two_quarters_and_the_last_page_nothing() -> None:
    full, half, most = [piece(100)], [piece(50)], [piece(75)]
    assert unfilled([full, half, full], HEIGHT) > unfilled([most, most, full], HEIGHT)
    assert unfilled([full, full, half], HEIGHT) == 0
