"""What the plan screen shows, as Content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.plan import PlanEntry
from assess_tui.keyboard.words import key_of, sign_of, with_keys
from assess_tui.text import apart, clicked, hanging, keyed, line, lines, literal, on_row, tap_key, tinted
from assess_tui.views.plan_card import card_detail, height_of
from assess_tui.visit.said import taught_words
from protocols.cards import PHASES, dose_words
from protocols.grading import plain_number
from protocols.model import Exercise
from protocols.planning import Given
from protocols.teaching import CHECK_IN, weeks_after

LEAD = 15
"""Cells before a name: the mark and the phase."""
TAUGHT = 18
MINUTES = 9
DOSE = 25
LEAST_ABOUT = 2
"""Rows below the cards that are kept however many cards there are."""
WIDE = 108
"""Cells from which a row has room for the dose."""
NAME = 46
"""Cells of a name at most, so that what stands beside it is not far away."""
BAR = 20
HINTS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "card",
        (
            ("showed me", ("plan.showed",)),
            ("not yet", ("plan.not_yet",)),
            ("dose", ("plan.dose",)),
            ("side", ("plan.side",)),
            ("order", ("plan.earlier", "plan.later")),
        ),
    ),
    (
        "plan",
        (
            ("undo", ("plan.undo",)),
            ("minutes", ("plan.longer", "plan.shorter")),
            ("check-in", ("plan.check_in",)),
            ("why not", ("plan.why_not",)),
        ),
    ),
)
"""What is used most of what the key line has no room for: of the marked card, and of the plan. Help has the rest."""
LAST = ("last plan", ("plan.from_last",))
DOSING = (
    ("0-9 ↑ ↓", "change it", ""),
    ("Tab", "the next number", "tab"),
    ("{plan.next}", "keeps it", "enter"),
    ("Esc", "leaves it", "escape"),
)
"""While a dose is typed every other key belongs to it; last, what a tap there presses."""


class PlanView:
    """One drawing of a plan and of the card that is marked."""

    def __init__(self, entry: PlanEntry, dosing: DoseEntry | None = None) -> None:
        self.entry = entry
        self.plan = entry.plan
        self.library = entry.session.library
        self._dosing = dosing

    # -- above the list ----------------------------------------------------------------------------------------------

    def summary(self) -> Content:
        plan = self.plan
        if plan.blocked:
            return line(("No exercise plan", "$error bold"), keyed("   {visit.paper} makes the referral letter."))
        over = plan.minutes > self.entry.minutes
        planned = plan.planned_stage or plan.stage
        lead = "standing stage" if planned == plan.stage else "planned: stage"
        stage = f"   {lead} {planned}" if planned != "none" else ""
        return line(
            ("Plan by hand" if self.entry.by_hand else "Plan", "$accent bold"),
            (f"   {plain_number(plan.minutes)} of {self.entry.minutes} minutes", "$error bold" if over else "bold"),
            (f"   {self._bar(over)}", "$error" if over else "$success"),
            (stage, "$warning"),
        )

    def _bar(self, over: bool) -> str:
        used = min(BAR, round(BAR * float(self.plan.minutes) / self.entry.minutes))
        return "█" * used + ("!" if over else "") + "░" * (BAR - used)

    def warnings(self, width: int) -> Content:
        """What speaks against a plan by hand, in one row; b says it in full."""
        warned = self.plan.warnings
        if not warned:
            return Content("")
        more = f"  (+{len(warned) - 1}: {key_of('plan.why_not')})" if len(warned) > 1 else ""
        first = line(("! ", "$warning bold"), (warned[0], "$warning")).truncate(width - len(more), ellipsis=True)
        return line(first, (more, "$warning bold"))

    # -- the list ----------------------------------------------------------------------------------------------------

    def listing(self, width: int, height: int) -> Content:
        """Every card, the marked one in sight; below them what else the plan says, in short where room is short."""
        marked = self.entry.row
        rows = [self._row(card, n == marked, width) for n, card in enumerate(self.entry.cards)]
        cards = [on_row(tinted(row, width) if n == marked else row, n) for n, row in enumerate(rows)]
        cards = cards or [keyed("  No card in this plan: {plan.add} adds one.", "$quiet")] * (not self.plan.blocked)
        about = _rows(self._about(width))
        if sum(map(height_of, cards)) + len(about) > height:
            in_short = [row.truncate(width, ellipsis=True) for row in self._in_short()]
            about = in_short[: max(LEAST_ABOUT, height - sum(map(height_of, cards)))]
        return lines([*around(cards, self.entry.row, height - len(about)), *about])

    def _row(self, card_id: str, here: bool, width: int) -> Content:
        """One card, and below it why it is given although it is barred."""
        card = self.library.exercises[card_id]
        given = next((one for one in self.plan.exercises if one.id == card_id), None)
        dose = DOSE if width >= WIDE else 0
        name = min(NAME, width - LEAD - dose - TAUGHT - MINUTES)
        side = f", {given.side} first" if given and given.side in ("left", "right") else ""
        taught = self.entry.taught(card_id)
        row = line(
            ("▸ " if here else "  ", "$accent bold"),
            (("in the day" if given is None else PHASES[card.phase]).ljust(LEAD - 2), "$quiet"),
            (apart(card.name + side, name), "bold" if here else ""),
            (apart(_amount(card, given), dose) if dose else "", "$quiet"),
            (taught_words(taught).ljust(TAUGHT), "$success" if taught.showed else "$quiet"),
            (f"{plain_number(given.minutes)} min".rjust(MINUTES) if given else "", "$quiet"),
        )
        forced = given.forced if given else self.plan.forced_snacks.get(card_id, "")
        if not forced:
            return row
        said = line((" " * LEAD, ""), (f"given although barred: {forced}", "$error"))
        return lines([row, said.truncate(width, ellipsis=True)])

    # -- what else the plan says -------------------------------------------------------------------------------------

    def _about(self, width: int) -> Iterable[Content]:
        if self.entry.cards:
            yield hanging(_lead("check-in"), self._check_in(), width, "$quiet")
        yield from (hanging(_lead("re-test"), retest, width, "$quiet") for retest in self._retests())
        if self.plan.lifestyle:
            yield hanging(_lead("every day"), self._every_day(), width, "$quiet")
        yield from (hanging(_lead("!", "$warning bold"), said, width, "$warning") for said in self.plan.messages)

    def _in_short(self) -> Iterable[Content]:
        """A row for the messages, a row of days, a row of the day's advice; b says them all."""
        if said := self.plan.messages:
            more = f"{len(said)} notes ({key_of('plan.why_not')}): " if len(said) > 1 else ""
            yield line(_lead("!", "$warning bold"), (more, "$warning bold"), (" · ".join(said), "$warning"))
        if self.entry.cards:
            dates = " · ".join((f"check-in {short_day(self.entry.check_in)}", *self._retests("re-test ")))
            yield line(_lead("dates"), (dates, "$quiet"))
        if self.plan.lifestyle:
            yield line(_lead("every day"), (self._every_day(), "$quiet"))

    def _check_in(self) -> str:
        usual = "" if CHECK_IN in self.entry.session.visit.cells else ", in 2 weeks as usual"
        return f"{short_day(self.entry.check_in)}{usual}   ({key_of('plan.check_in')})"

    def _retests(self, lead: str = "") -> list[str]:
        """The days on which the findings are tested again: those worked on, then those left for later."""
        day, rules = self.entry.session.visit.date, self.library.findings
        worked_on = dict.fromkeys(code for given in self.plan.exercises for code in given.because)
        later = [parked.code for parked in self.plan.parked]
        return [
            f"{lead}{short_day(weeks_after(day, weeks))}: "
            + _in_turn(self._of(weeks, worked_on), self._of(weeks, later))
            for weeks in sorted({rules[code].retest_weeks for code in (*worked_on, *later)})
        ]

    def _of(self, weeks: int, codes: Iterable[str]) -> str:
        """The findings tested again after so many weeks, by name."""
        rules = self.library.findings
        return ", ".join(rules[code].name for code in codes if rules[code].retest_weeks == weeks)

    def _every_day(self) -> str:
        return ", ".join(self.library.lifestyle[card].name for card in self.plan.lifestyle)

    def _finding(self, code: str) -> str:
        return self.library.findings[code].name

    # -- below the list ----------------------------------------------------------------------------------------------

    def detail(self, width: int, height: int) -> Content:
        """The marked card."""
        return card_detail(self.entry, self._dosing, width, height)

    def hint(self) -> Content:
        """What the keys do that the key line has no room for."""
        if self._dosing is not None:
            return line(*(_dosing(with_keys(key, sign_of), does, press) for key, does, press in DOSING))
        return Content("") if self.plan.blocked else lines(self._hints())

    def _hints(self) -> Iterator[Content]:
        """After an earlier plan, how to come back to what is proposed for its cards, too."""
        for about, row in HINTS:
            named = (*row, LAST) if about == "plan" and self.entry.session.last is not None else row
            yield line((f"{about:<6}", "$quiet"), *(_keys(does, names) for does, names in named))


def _keys(does: str, names: tuple[str, ...]) -> Content:
    """A tap on a key is that key; what they do goes with the last."""
    keys = [tap_key(literal(f"{sign_of(name)} ", "bold"), name) for name in names]
    return line(*keys, tap_key(literal(f"{does}  ", "$quiet"), names[-1]))


def _dosing(key: str, does: str, press: str) -> Content:
    words = line((f"{key} ", "bold"), (f"{does}  ", "$quiet"))
    return clicked(words, f"app.press('{press}')") if press else words


def _in_turn(worked_on: str, later: str) -> str:
    return "; ".join(part for part in (worked_on, f"left for later: {later}" if later else "") if part)


def _amount(card: Exercise, given: Given | None) -> str:
    """A dose in few words: "2 rounds of 8"."""
    return dose_words(card, given.dose if given else card.dose).partition(",")[0]


def _lead(word: str, style: str = "$quiet") -> Content:
    return line((f"  {word}".ljust(LEAD), style))


def _rows(contents: Iterable[Content]) -> list[Content]:
    return [row for content in contents for row in content.split("\n", allow_blank=True)]


def around(blocks: list[Content], marked: int, room: int) -> list[Content]:
    """The rows that fit, the marked block among them; arrows say that there are more. A key may come before a size."""
    first, room = 0, max(1, room)
    while first < marked and sum(map(height_of, blocks[first : marked + 1])) > room - (marked + 1 < len(blocks)):
        first += 1
    rows = _rows(blocks[first:])
    if first:
        rows[0] = line(("↑ ", "$accent"), rows[0][2:])
    if len(rows) > room:
        rows = [*rows[: room - 1], line(("↓ ", "$accent"), rows[room - 1][2:])]
    return rows
