"""Templates: kept under a name, each save in the place of the last, taken out of use, never deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess_tui.storage.errors import NotFoundError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.storage.templates import LONGEST_NAME, template_name
from protocols.case import Wanted
from protocols.model import Dose

BRIDGE = Wanted(card="A03", dose=Dose(sets=3, reps=8, sec_per_rep=6, rest_s=45), side="left")
BREATH = Wanted(card="B05")

some = st.integers(0, 99)
doses = st.none() | st.builds(Dose, sets=some, reps=some, sec_per_rep=some, sides=some, rest_s=some)
wanted = st.builds(Wanted, card=st.text(min_size=1), dose=doses, side=st.sampled_from([None, "left", "right", "both"]))


def kept(record: Record) -> dict[str, tuple[Wanted, ...]]:
    return {one.name: one.cards for one in record.templates()}


@given(cards=st.lists(wanted, min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_cards_come_out_as_they_were_put_in(record: Record, cards: list[Wanted]) -> None:
    assert record.save_template("any", cards, "M. Vogel").cards == tuple(cards)
    assert kept(record)["any"] == tuple(cards)


def test_templates_stand_by_name_with_who_kept_them_and_outlive_the_instrument(
    record: Record, reopen: Callable[[], Record]
) -> None:
    record.save_template("zebra", [BREATH], "M. Vogel")
    desk = record.save_template("Ärzte: desk", [BREATH, BRIDGE], "Kim Lee")
    record.close()
    again = reopen()
    assert [one.name for one in again.templates()] == ["Ärzte: desk", "zebra"]
    assert again.templates()[0] == desk
    assert (desk.by, desk.cards, desk.at.date().isoformat()) == ("Kim Lee", (BREATH, BRIDGE), "2026-11-01")


def test_the_same_name_takes_the_place_of_the_last_and_the_row_stays(record: Record, folder: Path) -> None:
    first = record.save_template("Desk worker", [BREATH], "M. Vogel")
    second = record.save_template("  desk   WORKER ", [BRIDGE], "Kim Lee")
    assert (second.id, second.name, second.by) == (first.id, "desk WORKER", "Kim Lee")
    assert kept(record) == {"desk WORKER": (BRIDGE,)}
    record.close()
    with sqlite3.connect(folder / "clinic.db") as raw:
        rows = raw.execute("SELECT name, supersedes FROM template ORDER BY id").fetchall()
    assert rows == [("Desk worker", None), ("desk WORKER", first.id)]


def test_a_clock_set_back_does_not_bring_an_old_template_back(folder: Path, record: Record) -> None:
    record.save_template("Desk", [BREATH], "M. Vogel")
    record._new_id = Ids(lambda: 1, lambda bits: 0)
    record.save_template("Desk", [BRIDGE], "M. Vogel")
    assert kept(record) == {"Desk": (BRIDGE,)}


def test_why_a_barred_card_was_given_stays_with_its_patient(record: Record) -> None:
    forced = Wanted(card="S05", forced="agreed with Dr Łoś for Ana Ruiz")
    record.save_template("Runner", [forced], "M. Vogel")
    assert kept(record) == {"Runner": (Wanted(card="S05"),)}


def test_a_template_out_of_use_is_listed_no_more_and_its_name_is_free(record: Record, folder: Path) -> None:
    desk = record.save_template("Desk", [BREATH], "M. Vogel")
    record.drop_template(desk.id, "Kim Lee")
    assert record.templates() == []
    assert record.template_called("Desk") is None
    with pytest.raises(NotFoundError, match="no template in use"):
        record.drop_template(desk.id, "Kim Lee")
    fresh = record.save_template("Desk", [BRIDGE], "Kim Lee")
    assert fresh.id != desk.id
    assert kept(record) == {"Desk": (BRIDGE,)}
    record.close()
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert raw.execute("SELECT count(*) FROM template").fetchone() == (3,)


def test_of_two_laptops_the_newer_word_counts(record: Record, reopen: Callable[[], Record], folder: Path) -> None:
    """Both saved the template again after it was copied; once their rows are in one record, it stands there once."""
    desk = record.save_template("Desk", [BREATH], "M. Vogel")
    record.save_template("Desk", [BRIDGE], "M. Vogel")
    record.close()
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.execute(
            "INSERT INTO template SELECT 'ffffffff', template, 'other', 'Desk 2', body, at, 'Kim Lee', ? "
            "FROM template WHERE supersedes IS NULL",
            [desk.id],
        )
    raw.close()
    assert kept(reopen()) == {"Desk 2": (BREATH,)}


@pytest.mark.parametrize("name", ["", "   ", "-", "‮", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_cannot_be_is_refused_in_one_sentence_and_nothing_is_kept(record: Record, name: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        record.save_template(name, [BREATH], "M. Vogel")
    assert record.templates() == []


def test_a_template_without_a_card_is_refused(record: Record) -> None:
    with pytest.raises(ValueError, match="at least one card"):
        record.save_template("Empty", [], "M. Vogel")
    assert record.templates() == []


def test_a_name_is_kept_as_typed_but_for_its_spaces() -> None:
    assert template_name(" [b]Łoś\n& Co ") == "[b]Łoś & Co"
    assert len(template_name("x" * LONGEST_NAME)) == LONGEST_NAME
