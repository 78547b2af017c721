"""A core visit typed into a terminal: every value given, no key without need. Counts keys, characters and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.screen import SeenTerminal
from protocols.library import load

F2, F6 = b"\x1bOQ", b"\x1b[17~"
PERSON = ("Ana", "Ruiz", "3 4 1992", "F")
GIVEN = {
    "nprs": "4",
    "psfs_mean": "5",
    "reset3": "2 2",
    "hip_ir_seated": "30 31 31 30",
    "hip_er_seated": "30 31 31 30",
    "hip_ir_supine": "24 25 26 25",
    "mtt_hip_ext": "-3 -4 -8 -7",
    "sh_flex_supine": "168 169 167 167",
    "supine_twist_gap": "1.5 12",
    "ll_rot": "40 41 40 36 38 36",
    "posture_hip_offset": "-3 -2.5",
    "pelvic_tilt": "9 9 10 9 10 9",
    "wall_hinge": "168 166",
    "fpi6": "3 3",
    "wblt_cm": "10 10.5 10 10 9.5 10",
    "sls_eo": "42 41 45 44 43 45",
    "gait_foot": "1 1",
    "hip_pinch": "0 0",
}
"""Values of each test in the order of its cells; a comma in the room is a point here."""
READING = "84112742"
LYING = "7011270"
"""Heart rate, both pressures, symptoms: cells close by themselves."""
UP = ((b"\r", "Ready to stand"), (b"\r", "standing"))
MINUTES = (1, 3, 5, 10)
TITLE_ROW = 3
"""Where the guided screen names the test."""
STAND = "Standing tolerance test"


class Given(NamedTuple):
    """What was given with some keys."""

    characters: int = 0
    values: int = 0

    def plus(self, values: str) -> Given:
        """And these values, with blanks between them."""
        return Given(self.characters + len(values.replace(" ", "")), self.values + len(values.split()))


class Part(NamedTuple):
    """A part of the visit: the keys it took and what was given with them."""

    name: str
    keys: int
    given: Given

    @property
    def most(self) -> float:
        """Keys there may be: 1.3 a character of data and one a value."""
        return 1.3 * self.given.characters + self.given.values

    def __str__(self) -> str:
        return f"{self.name:10}{self.keys:5} keys, {self.given.characters} characters in {self.given.values} values"


def visit(terminal: SeenTerminal, *, stands: bool) -> Iterator[Part]:
    """From the first start to the PDF, part by part; without the stand test where `stands` is not so."""
    terminal.shows("Before the first use")
    takes: dict[str, Callable[[SeenTerminal], Given]] = {
        "patient": patient,
        "intake": intake,
        "red flags": flags,
        "tests": lambda terminal: tests(terminal, stands=stands),
        "papers": papers,
    }
    for name, take in takes.items():
        before = terminal.keys
        given = take(terminal)
        yield Part(name, terminal.keys - before, given)


def patient(terminal: SeenTerminal) -> Given:
    terminal.type(b"Kim Lee\r")
    terminal.shows("No patients yet")
    terminal.type(F2)
    terminal.shows("A new patient")
    terminal.type("".join(f"{line}\r" for line in (*PERSON, "")).encode())
    terminal.shows("v begins the first")
    terminal.type(b"v")
    terminal.shows("The patient agrees")
    return Given(len("Kim Lee") + sum(map(len, PERSON)), 1 + len(PERSON))


def intake(terminal: SeenTerminal) -> Given:
    """An answer a page, most of them: none of these."""
    pages = 11
    terminal.type(b"1\r1" + b"\r" * (pages - 4) + b"22\r")
    terminal.shows("n: none of these")
    return Given(pages, pages)


def flags(terminal: SeenTerminal) -> Given:
    groups = len(KNOWN.red_flags.groups)
    terminal.type(b"n" * groups + b"\r")
    terminal.shows("▸ tests")
    return Given(groups, groups)


def tests(terminal: SeenTerminal, *, stands: bool) -> Given:
    """Whatever step is open, until the findings are."""
    given = Given()
    another_step(terminal)
    while title := title_of(terminal):
        if title.startswith(STAND):
            given = stand(terminal, given) if stands else given.plus("n")
            if not stands:
                terminal.type(b"n")
        else:
            test = TITLED[title]
            end = "" if test.measure.categories else "\r"
            terminal.type("".join(f"{value}{end}" for value in GIVEN[test.id].split()).encode())
            given = given.plus(GIVEN[test.id])
        another_step(terminal, title)
    return given


def another_step(terminal: SeenTerminal, than: str = "") -> None:
    """Until a step's title is painted, another than this, or no step is open: half a screen says neither."""
    terminal.waits(
        lambda text: "▸ tests" not in text or title_of(terminal) not in ("", than), f"another step than {than}"
    )


def title_of(terminal: SeenTerminal) -> str:
    """Of the open step, "" where no step is open."""
    if "▸ tests" not in terminal.text:
        return ""
    shown = terminal.cells.display[TITLE_ROW].partition("│")[2].strip()
    return next((title for title in (*TITLED, STAND) if shown.startswith(title)), "")


def stand(terminal: SeenTerminal, given: Given) -> Given:
    """Ten minutes on the wall, without a sign of anything; read when a minute is due."""
    terminal.type(b"\r")
    terminal.shows("Which stand test?")
    pages = 0
    while "readings in" not in terminal.text:
        answer_no(terminal)
        pages += 1
    terminal.shows("The rest is complete.")
    for keys, then in ((b"\r", "lying 1"), (LYING, "lying 2"), (LYING, "Oxygen"), *UP):
        terminal.type(keys if isinstance(keys, bytes) else keys.encode())
        terminal.shows(then)
    for minute in MINUTES:
        terminal.shows_like(rf"▸ {minute} +_")
        terminal.type(READING.encode())
    terminal.shows("were symptoms worse")
    for keys, then in ((b"n", "Back pain now"), (b"0\r", "on to the tests"), (b"\r", "▸ tests")):
        terminal.type(keys)
        terminal.shows(then)
    readings = "70 112 70 " * 2 + "84 112 74 2 " * len(MINUTES)
    return given.plus("1 " * pages + readings + "n 0")


def answer_no(terminal: SeenTerminal) -> None:
    """Enter, and the next question."""
    was = terminal.text
    terminal.type(b"\r")
    terminal.waits(lambda text: text != was, "the next question")


def papers(terminal: SeenTerminal) -> Given:
    """Findings, plan and the PDF, and the visit finished: nothing is typed here, one key each."""
    for key, then in ((b"\r", "▸ plan"), (b"\r", "▸ paper"), (b"\r", "opens it"), (b"f", "new visit")):
        terminal.type(key)
        terminal.shows(then)
    return Given()


KNOWN = load()
TITLED = {test.title: test for test in KNOWN.tests.values()}
