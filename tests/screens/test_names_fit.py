"""Names of any script and length keep to their column: no line is broken, nothing beside them moves."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st
from textual.content import Content

from assess_tui.screens.home import NAME, _patient_row
from assess_tui.storage.patients import PatientSummary
from assess_tui.text import apart, fit
from assess_tui.widgets.banner import who

SCRIPTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cc", "Cs"]),
        st.sampled_from("陳美玲ｱ한글עברית عائشة é́̈ नमस्ते 👩🏽‍⚕️ \u200d\u200f\u202e ﷽"),
    ),
    max_size=60,
)
"""Wide letters, letters on letters, right to left, joiners and marks of direction among all the others."""


@given(SCRIPTS, st.integers(2, 40))
@example("陳" * 13, 26)
@example("陳" * 14, 25)
@example("e\u0301" * 40, 26)
def test_a_text_takes_its_column_and_not_a_cell_more(text: str, cells: int) -> None:
    for one in (fit(text, cells), apart(text, cells)):
        assert Content(one).cell_length == cells
        assert "\n" not in one
    assert apart(text, cells).endswith(" ")


@given(SCRIPTS)
def test_the_row_of_a_patient_is_as_long_for_every_name(name: str) -> None:
    born, seen = dt.date(1992, 4, 3), dt.date(2026, 11, 1)
    one = PatientSummary(id="1", code="P0001", name=name, birth_date=born, sex="F", last_visit=seen, visits=2)
    row = _patient_row(one, NAME)
    assert row.cell_length == NAME + 1 + len(f"{'3 Apr 1992':>11}  F  {'P0001':<8}seen 1 Nov 2026, 2x")
    assert "\n" not in row.plain


@given(SCRIPTS, st.integers(50, 200))
def test_a_long_name_in_the_banner_gives_way_to_the_facts(name: str, cells: int) -> None:
    facts = Content("34 F · born 3 Apr 1992 · visit 12")
    shown = who(Content(name), facts, cells)
    assert shown.plain.endswith(facts.plain)
    assert shown.cell_length <= max(cells, 8 + facts.cell_length) + 2
