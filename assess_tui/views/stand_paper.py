"""The pages of the stand test that are read rather than watched: questions, refusals, standing up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Final

from textual.content import Content

from assess_tui.entry.intake import held
from assess_tui.entry.intake_pages import Choice
from assess_tui.entry.stand.after import Interrupted
from assess_tui.entry.stand.before import Questions
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import against, at
from assess_tui.entry.stand.texts import LIE, POSTURE, UP
from assess_tui.keyboard.words import sign_of
from assess_tui.text import clicked, hanging, keyed, line, lines, literal, on_row, tap_key
from assess_tui.views.stand_result import result
from assess_tui.views.step import STAND_FIRST
from protocols.model import Pose

BLANK: Final = Content("")


class Paper:
    """One page, `width` cells wide."""

    def __init__(self, entry: StandEntry, width: int) -> None:
        self.entry, self.session, self.width = entry, entry.session, width

    def show(self) -> Content:
        """The page of the part open now."""
        return lines(_PAPERS[self.entry.part.id](self))

    # -- pieces ------------------------------------------------------------------------------------------------------

    def _listed(self, *rows: str) -> list[Content]:
        return [hanging(literal("  · ", "$quiet"), row, self.width) for row in rows]

    def _key(self, name: str, words: str, style: str = "") -> Content:
        return tap_key(self._marked(sign_of(name), words, style), name)

    def _digit(self, number: int, words: str) -> Content:
        return clicked(self._marked(str(number), words), f"app.press('{number}')")

    def _marked(self, mark: str, words: str, style: str = "") -> Content:
        return hanging(line(("  ", ""), (mark, "$accent bold"), "  "), words, self.width, style)

    # -- questions ---------------------------------------------------------------------------------------------------

    def questions(self) -> list[Content]:
        part = self.entry.part
        if not isinstance(part, Questions):
            return []
        page = part.page
        title = line(
            (page.title, "$accent bold"), (f"   {part.index + 1} of {len(part.pages)}", "$quiet"), self._way_on(part)
        )
        if page.kind == "plain":
            ready = self._key("stand.next", "The patient lies flat now: the rest begins.", "bold")
            return [title, BLANK, *self._listed(*LIE), BLANK, ready]
        return [title, BLANK, *(self._number(part) if page.kind == "number" else self._choices(part))]

    def _number(self, part: Questions) -> list[Content]:
        stored = self.session.visit.value(part.page.cell) if part.page.cell is not None else None
        typed = part.digits.text if part.digits is not None else ""
        told = f"{typed}_" if typed or stored is None else f"{stored}"
        return [line(("▸ ", "$accent bold"), (f" {told} ", "reverse bold"))]

    def _way_on(self, part: Questions) -> Content:
        """What the page takes; of a list, the line whose digits are being typed."""
        typed = part.digits.text if part.page.kind == "ticks" and part.digits is not None else ""
        if typed:
            return line((f" · line {typed}_", "$accent bold"), keyed(" {stand.next} ticks it", "$quiet"))
        return keyed(f" · {part.page.hint}" if part.page.hint else "", "$quiet")

    def _choices(self, part: Questions) -> list[Content]:
        return self._in_columns(part) if part.page.columns == 2 else self._rows(part, self.width)

    def _rows(self, part: Questions, width: int) -> list[Content]:
        return [self._choice(part, place, choice, width) for place, choice in enumerate(part.page.choices)]

    def _in_columns(self, part: Questions) -> list[Content]:
        """Two columns; a row of the right one is broken in its column."""
        half = -(-len(part.page.choices) // 2)
        left = self._rows(part, self.width)[:half]
        wide = max(row.cell_length for row in left) + 3
        right = self._rows(part, self.width - wide)[half:]
        below = Content("\n" + " " * wide)
        beside = (below.join(row.split("\n")) for row in right)
        return [line(a.pad_right(wide - a.cell_length), b) for a, b in zip_longest(left, beside, fillvalue=BLANK)]

    def _choice(self, part: Questions, place: int, choice: Choice, width: int) -> Content:
        one = part.page.kind == "one"
        marked = choice.value == part.proposed if one else place == part.cursor
        ticked = not one and held(self.session, choice)
        mark = "" if one else ("✓ yes" if ticked else "·").ljust(6)
        lead = line(
            ("▸ " if marked else "  ", "$accent bold"),
            (f"{place + 1:>2}  ", "$accent bold"),
            (mark, "$warning bold" if ticked else "$quiet"),
        )
        row = hanging(lead, choice.text, width, "bold" if ticked or (one and marked) else "")
        return clicked(row, f"app.press('{place + 1}')") if one else on_row(row, place, "stand.tick")

    # -- where something speaks against it ---------------------------------------------------------------------------

    def refused(self) -> list[Content]:
        return [
            literal("The stand test cannot be done today", "$error bold"),
            BLANK,
            *self._listed(*against(self.session).absolute),
            BLANK,
            self._key("stand.next", "leave it out, with this reason on the record"),
            self._key("stand.back", "back, to correct an answer"),
        ]

    def override(self) -> list[Content]:
        stock = self.session.library.stand.override_reasons
        return [
            literal("This speaks against standing today", "$warning bold"),
            BLANK,
            *self._listed(*against(self.session).relative),
            BLANK,
            literal("Why is it done all the same?", "bold"),
            *[self._digit(number, reason) for number, reason in enumerate(stock, 1)],
            self._key("stand.other", "another reason, typed"),
            BLANK,
            self._key("stand.stop", "leave the test out", "$quiet"),
            self._key("stand.back", "back", "$quiet"),
        ]

    def up(self) -> list[Content]:
        posture = POSTURE[self.session.visit.value(at("protocol"), "lean")]
        cm = self.session.library.stand.thresholds["heel_distance_cm"].value
        return [
            literal("Ready to stand", "$accent bold"),
            BLANK,
            *self._listed(posture.format(cm=cm), *UP),
            BLANK,
            self._key("stand.next", "Both feet are on the floor: the clock starts.", "bold"),
            self._key("stand.again", "one more lying reading", "$quiet"),
        ]

    # -- where it ended otherwise ------------------------------------------------------------------------------------

    def interrupted(self) -> list[Content]:
        part = self.entry.part
        minute = part.minute if isinstance(part, Interrupted) else 0
        through = isinstance(part, Interrupted) and part.ran_through
        why = ("Its end was taken back.", "Its end is not on record.")[not through]
        counted = (f"Count it as stopped at minute {minute}.", "Count it as done to the end, as it was.")[through]
        return [
            literal("The test has no end yet", "$warning bold"),
            BLANK,
            literal(f"{why} It cannot go on after a pause. The last reading is minute {minute}."),
            BLANK,
            self._digit(1, "Repeat the test. What was measured is withdrawn; the record keeps it."),
            self._digit(2, counted),
        ]

    def left_out(self) -> list[Content]:
        why = str(self.session.visit.value(at("not_done"), ""))
        return [
            literal("The stand test is left out of this visit", "$accent bold"),
            BLANK,
            literal(why[:1].upper() + why[1:]),
            BLANK,
            self._key("stand.next", "on to the tests"),
            self._key("stand.again", "do it after all"),
        ]

    def result(self) -> list[Content]:
        return [
            *result(self.session, self.width),
            BLANK,
            line(
                self._key("stand.next", "on to the tests"),
                "  ",
                self._key("stand.again", "do it again", "$quiet"),
            ),
        ]


def beside(entry: StandEntry) -> tuple[Pose | None, Callable[[int], Content]]:
    """How one leans, as a figure where one does, and what the test is; for beside a page."""
    visit, tests = entry.session.visit, entry.session.library.tests
    screens, leans = bool(visit.value(at("screen"))), visit.value(at("protocol")) in (None, "lean")
    pose = tests["stand_time"].pose if leans and not screens else None
    told = isinstance(entry.part, Questions) and entry.part.page.kind == "plain"
    rows = (STAND_FIRST[screens], *(() if told else ("", *LIE)))
    return pose, lambda width: lines(hanging(Content(""), row, width, "$quiet") for row in rows)


_PAPERS: Final[dict[str, Callable[[Paper], list[Content]]]] = {
    "questions": Paper.questions,
    "refused": Paper.refused,
    "override": Paper.override,
    "up": Paper.up,
    "interrupted": Paper.interrupted,
    "left_out": Paper.left_out,
    "result": Paper.result,
}
"""Parts that are read; the others are watched."""


def is_paper(part: str) -> bool:
    return part in _PAPERS
