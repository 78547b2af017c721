"""Ids are UUID version 7, carry their time, and always rise."""

from __future__ import annotations

from random import Random
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from assess_tui.storage.ids import Ids, uuid7

times = st.lists(st.integers(0, 2**48 - 2), min_size=1, max_size=60)


@given(times, st.randoms(use_true_random=False))
def test_ids_rise_whatever_the_clock_does(moments: list[int], chance: Random) -> None:
    clock = iter(moments)
    ids = Ids(lambda: next(clock), chance.getrandbits)
    made = [ids() for _ in moments]
    assert made == sorted(set(made))


@given(st.integers(0, 2**48 - 1), st.randoms(use_true_random=False))
def test_an_id_is_a_uuid_7_of_its_millisecond(ms: int, chance: Random) -> None:
    made = UUID(Ids(lambda: ms, chance.getrandbits)())
    assert (made.version, made.variant, made.int >> 80) == (7, RFC_4122, ms)


def test_ids_rise_when_the_random_bits_are_all_ones() -> None:
    ids = Ids(lambda: 5, lambda bits: (1 << bits) - 1)
    made = [ids() for _ in range(3000)]
    assert made == sorted(set(made))
    assert {UUID(one).version for one in made} == {7}


def test_the_machines_ids_do_not_repeat() -> None:
    assert len({uuid7() for _ in range(2000)}) == 2000
