"""Two windows on one record, and one visit open in both: no answer is lost, undo takes back one's own, all is said."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from assess_tui.company import open_words
from assess_tui.storage.additions import Opening
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.open_visits import OpenVisit
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell, Value
from tests.memory import new_folder

LIBRARY = load()
NOON = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
CELLS = [Cell("hip_ir_supine", "left"), Cell("sls_eo", "right", "trial.1"), Cell("@flags", field="cord")]
HIP, HIP_NAME = CELLS[0], f"{LIBRARY.tests['hip_ir_supine'].name}, left"
cells = st.sampled_from(CELLS)
answers = st.sampled_from([Decimal(24), Decimal("24.0"), True, "yes", []])
windows = st.sampled_from(["desk", "room"])


def now() -> dt.datetime:
    return NOON


class Done(NamedTuple):
    """An answer of one window, as a plain dictionary knows it."""

    cell: Cell
    before: object
    after: object


class Window:
    """A window on the visit, and what should be its own to take back."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self.name = name
        self.ids = Ids(lambda: 1_793_520_000_000, random.Random(seed).getrandbits)  # noqa: S311  repeatable, no secret
        self.record: Record = open_record(folder, now, self.ids)

    def begin(self, visit: str) -> None:
        self.session = VisitSession(self.record, self.record.visit(visit), LIBRARY, now, self.ids, self.name)
        self.done: list[Done] = []
        self.undone: list[Done] = []
        self.unseen: set[Cell] = set()
        self.untold = False

    def sees(self) -> None:
        """What came from the other window is not this one's to take back."""
        self.done = [one for one in self.done if one.cell not in self.unseen]
        self.undone = [one for one in self.undone if one.cell not in self.unseen]
        self.unseen.clear()


class TwoWindows(RuleBasedStateMachine):
    """`held` is what the visit should hold, whichever window looks."""

    def __init__(self) -> None:
        super().__init__()
        self.home = new_folder()
        self.held: dict[Cell, object] = {}
        self.rows = 0
        self.finished = False
        self.windows = {name: Window(Path(self.home.name), name, n) for n, name in enumerate(("desk", "room"))}
        record = self.windows["desk"].record
        patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=NOON.date(), sex="F")
        self.visit = record.open_visit(patient.id, "desk", LIBRARY).id
        for window in self.windows.values():
            window.begin(self.visit)

    def teardown(self) -> None:
        for window in self.windows.values():
            window.record.close()
        assert verify(Path(self.home.name) / "clinic.db").problems == ()
        self.home.cleanup()

    def _becomes(self, name: str, cell: Cell, value: object) -> bool:
        """The window stored this; whether it changed anything."""
        window, other = self.windows[name], self.windows["room" if name == "desk" else "desk"]
        before = self.held.get(cell)
        if repr(before) == repr(value):
            return False
        self.held = {kept: given for kept, given in self.held.items() if kept != cell}
        if value is not None:
            self.held[cell] = value
        self.rows += 1
        other.unseen.add(cell)
        other.untold = True
        window.done.append(Done(cell, before, value))
        return True

    @rule(name=windows, cell=cells, value=answers)
    def record_(self, name: str, cell: Cell, value: Value) -> None:
        self.windows[name].session.put(cell, value)
        self.windows[name].sees()
        if self._becomes(name, cell, value):
            self.windows[name].undone.clear()

    @rule(name=windows, cell=cells)
    def retract(self, name: str, cell: Cell) -> None:
        self.windows[name].session.withdraw(cell)
        self.windows[name].sees()
        if self._becomes(name, cell, None):
            self.windows[name].undone.clear()

    @rule(name=windows, redo=st.booleans())
    def undo(self, name: str, *, redo: bool) -> None:
        window = self.windows[name]
        stack = window.undone if redo else window.done
        top = stack[-1] if stack else None
        said = window.session.redo() if redo else window.session.undo()
        window.sees()
        stack, back = (window.undone, window.done) if redo else (window.done, window.undone)
        if top is None or not stack or stack[-1] is not top:
            assert said is None
            return
        assert said
        stack.pop()
        kept = list(window.done)
        assert self._becomes(name, top.cell, top.after if redo else top.before)
        window.done = kept
        (window.done if redo else back).append(top)

    @rule(name=windows)
    def finish(self, name: str) -> None:
        """What was left out is then put on record too; here it is looked at in the rows alone."""
        window = self.windows[name]
        window.record.event(self.visit, "finished")
        self.finished = True

    @rule(name=windows)
    def reopen(self, name: str) -> None:
        self.windows[name].begin(self.visit)

    @rule(name=windows)
    def look(self, name: str) -> None:
        window = self.windows[name]
        window.session.look()
        window.sees()
        assert {cell: repr(row.value) for cell, row in window.session.visit.cells.items()} == {
            cell: repr(value) for cell, value in self.held.items()
        }
        assert window.session.visit.finished == self.finished
        if window.untold:
            assert "also works on this visit" in window.session.news()
        window.untold = False
        window.session.news()
        assert window.session.news() == ""

    @invariant()
    def every_answer_is_there_and_the_last_one_counts(self) -> None:
        record = self.windows["room"].record
        assert {cell: repr(row.value) for cell, row in record.visit(self.visit).cells.items()} == {
            cell: repr(value) for cell, value in self.held.items()
        }
        history = record.history(self.visit)
        assert len(history) == self.rows
        superseded = [row.supersedes for row in history if row.supersedes]
        assert len(superseded) == len(set(superseded))


TwoWindows.TestCase.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
test_two_windows_against_a_dictionary = TwoWindows.TestCase


@pytest.mark.soak
def test_two_windows_in_full() -> None:
    run_state_machine_as_test(TwoWindows, settings=settings(max_examples=150, stateful_step_count=40, deadline=None))


# -- what is said ------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[VisitSession, VisitSession]]:
    """One visit, open at the front desk (Kim) and in the treatment room (Mia)."""
    desk, room = Window(tmp_path, "Kim", 1), Window(tmp_path, "Mia", 2)
    patient = desk.record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=NOON.date(), sex="F")
    visit = desk.record.open_visit(patient.id, "Kim", LIBRARY).id
    desk.begin(visit)
    room.begin(visit)
    yield desk.session, room.session
    desk.record.close()
    room.record.close()


def test_the_later_of_two_answers_counts_and_both_are_told(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    kim.put(HIP, Decimal(24))
    mia.put(HIP, Decimal(30))
    kept = "; the later one counts, the other stays in the history."
    assert mia.news() == f"Kim also works on this visit: one answer came in. Both answered {HIP_NAME}: 24 -> 30{kept}"
    kim.look()
    assert kim.visit.value(HIP) == 30
    assert kim.news() == f"Mia also works on this visit: one answer came in. Both answered {HIP_NAME}: 24 -> 30{kept}"
    assert [row.value for row in kim._record.history(kim.visit.id)] == [24, 30]


def test_the_same_answer_given_over_one_not_seen_yet_is_stored(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    kim.put(HIP, Decimal(24))
    mia.put(HIP, Decimal(30))
    kim.put(HIP, Decimal(24))
    assert kim._record.visit(kim.visit.id).value(HIP) == 24


def test_other_answers_only_come_in(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    for cell in CELLS:
        mia.put(cell, "yes")
    mia.withdraw(CELLS[0])
    kim.put(Cell("fpi6", "left"), Decimal(2))
    assert kim.news() == "Mia also works on this visit: 3 answers came in."
    assert kim.news() == mia.news() == ""


def test_undo_leaves_what_the_other_gave(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    kim.put(CELLS[1], Decimal(9))
    kim.put(HIP, Decimal(24))
    mia.put(HIP, Decimal(30))
    assert kim.undo() is None
    assert kim.undo() is not None
    assert (kim.visit.value(HIP), kim.visit.value(CELLS[1])) == (30, None)


def test_a_visit_finished_in_the_other_window(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    mia.finish()
    kim.look()
    assert kim.visit.finished
    assert kim.news() == "The visit was finished in another window; more can still be entered."
    kim.finish()
    assert [event.kind for event in kim._record.events(kim.visit.id)] == ["finished"]


def test_one_name_in_two_windows(both: tuple[VisitSession, VisitSession]) -> None:
    kim, mia = both
    mia.clinician = "Kim"
    mia.put(HIP, Decimal(30))
    kim.look()
    assert kim.news() == "Another window also works on this visit: one answer came in."


def test_a_write_that_fails_leaves_the_visit_as_it_is_on_record(
    both: tuple[VisitSession, VisitSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, mia = both
    mia.put(HIP, Decimal(30))

    def refuse(_: object) -> None:
        raise StorageError("The disk is full", "make room")

    monkeypatch.setattr(kim._record, "append", refuse)
    with pytest.raises(StorageError):
        kim.put(CELLS[1], Decimal(9))
    assert kim.visit == kim._record.visit(kim.visit.id)
    monkeypatch.undo()
    mia.put(CELLS[1], Decimal(4))
    kim.look()
    assert kim.visit.value(CELLS[1]) == 4


# -- open in another window --------------------------------------------------------------------------------------------


def test_who_opens_a_visit_second_is_told_and_never_barred(tmp_path: Path) -> None:
    first = OpenVisit(tmp_path, "a")
    second, other = OpenVisit(tmp_path, "a"), OpenVisit(tmp_path, "b")
    assert [one.elsewhere for one in (first, second, other)] == [False, True, False]
    first.close()
    third = OpenVisit(tmp_path, "a")
    assert third.elsewhere
    for one in (second, third, other):
        one.close()
    assert list((tmp_path / "open").iterdir()) == []
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o700


def test_where_no_file_can_be_made_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "open").write_text("in the way")
    one = OpenVisit(tmp_path, "a")
    assert not one.elsewhere
    one.close()


@pytest.mark.parametrize(
    ("who", "said"), [("Mia", "Mia has"), ("Kim", "Another window has"), ("", "Another window has")]
)
def test_the_words_name_who_and_since_when(who: str, said: str) -> None:
    words = open_words(Opening(who, NOON), "Kim")
    assert words.startswith(f"{said} this visit open too, since {NOON.astimezone():%H:%M}.")
    assert open_words(None, "Kim").startswith("This visit is open in another window too.")
