"""What the plan screen shows, as Content."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.plan import PlanEntry
from assess_tui.said import taught_words
from assess_tui.text import hanging, line, lines, literal
from protocols.cards import PHASES, cue_words, dose_words
from protocols.grades.words import plain_number
from protocols.model import Exercise
from protocols.planning import Given
from protocols.visits.teaching import CHECK_IN, weeks_after

LEAD = 15
"""Cells before a name: the mark and the phase."""
TAUGHT = 18
MINUTES = 9
DOSE = 22
LEAST_ABOUT = 2
"""Rows below the cards that are kept however many cards there are."""
SHORT = 10
"""Rows from which the marked card has room for everything."""
WIDE = 108
"""Cells from which a row has room for the dose."""
NAME = 46
"""Cells of a name at most, so that what stands beside it is not far away."""
BAR = 20
HINTS = (
    (("0-9", "showed me, with so many cues"), ("n", "not yet"), ("r", "dose"), ("/", "side"), ("[ ]", "order")),
    (
        ("u", "undo"),
        ("+ -", "minutes"),
        ("c", "check-in"),
        ("x", "rules"),
        ("b", "why not"),
        ("p", "plans"),
        ("o m", "templates"),
    ),
)
"""The keys the key line has no room for."""
DOSING = ((("0-9 ↑ ↓", "change it"), ("Tab", "the next number"), ("⏎", "keeps it"), ("Esc", "leaves it")),)


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
            return line(("No exercise plan", "$error bold"), "   F8 makes the referral letter.")
        over = plan.minutes > self.entry.minutes
        stage = f"   standing stage {plan.stage}" if plan.stage != "none" else ""
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
        more = f"  (+{len(warned) - 1}: b)" if len(warned) > 1 else ""
        first = line(("! ", "$warning bold"), (warned[0], "$warning")).truncate(width - len(more), ellipsis=True)
        return line(first, (more, "$warning bold"))

    # -- the list ----------------------------------------------------------------------------------------------------

    def listing(self, width: int, height: int) -> Content:
        """Every card, the marked one in sight; below them what else the plan says, in short where room is short."""
        cards = [self._row(card, place == self.entry.row, width) for place, card in enumerate(self.entry.cards)]
        cards = cards or [literal("  No card in this plan: a adds one.", "$quiet")] * (not self.plan.blocked)
        about = _rows(self._about(width))
        if sum(map(_height, cards)) + len(about) > height:
            in_short = [row.truncate(width, ellipsis=True) for row in self._in_short()]
            about = in_short[: max(LEAST_ABOUT, height - sum(map(_height, cards)))]
        return lines([*_around(cards, self.entry.row, height - len(about)), *about])

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
            (_fit(card.name + side, name), "bold" if here else ""),
            (_fit(_amount(card, given), dose) if dose else "", "$quiet"),
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
        if not self.plan.blocked:
            yield hanging(_lead("check-in"), self._check_in(), width, "$quiet")
        yield from (hanging(_lead("re-test"), retest, width, "$quiet") for retest in self._retests())
        if self.plan.lifestyle:
            yield hanging(_lead("every day"), self._every_day(), width, "$quiet")
        yield from (hanging(_lead("!", "$warning bold"), said, width, "$warning") for said in self.plan.messages)

    def _in_short(self) -> Iterable[Content]:
        """A row for the messages, a row of days, a row of the day's advice; b says them all."""
        if said := self.plan.messages:
            more = f"({len(said)}: b) " if len(said) > 1 else ""
            yield line(_lead("!", "$warning bold"), (more, "$warning bold"), (" ".join(said), "$warning"))
        if not self.plan.blocked:
            dates = " · ".join((f"check-in {short_day(self.entry.check_in)}", *self._retests("re-test ")))
            yield line(_lead("dates"), (dates, "$quiet"))
        if self.plan.lifestyle:
            yield line(_lead("every day"), (self._every_day(), "$quiet"))

    def _check_in(self) -> str:
        usual = "" if CHECK_IN in self.entry.session.visit.cells else ", in 2 weeks as usual"
        return f"{short_day(self.entry.check_in)}{usual}   (c)"

    def _retests(self, lead: str = "") -> list[str]:
        """The findings left for later, by the day they are tested again."""
        day = self.entry.session.visit.date
        by_weeks = sorted(self.plan.parked, key=lambda parked: parked.retest_weeks)
        return [
            f"{lead}{short_day(weeks_after(day, weeks))}: {', '.join(self._finding(one.code) for one in parked)}"
            for weeks, parked in groupby(by_weeks, key=lambda parked: parked.retest_weeks)
        ]

    def _every_day(self) -> str:
        return ", ".join(self.library.lifestyle[card].name for card in self.plan.lifestyle)

    def _finding(self, code: str) -> str:
        return self.library.findings[code].name

    # -- the marked card ---------------------------------------------------------------------------------------------

    def detail(self, width: int, height: int) -> Content:
        """The marked card: dose, because, limits, when to stop, and as many cues as there is room for."""
        card, given = self.entry.card, self.entry.given
        if card is None:
            return Content("")
        dose, short = given.dose if given else card.dose, height < SHORT
        head = [_beside((card.name, "$accent bold"), card.id, width), *self._dose(card, given, width, short=short)]
        head += self._because(given, width, short=short) if given else []
        stop = hanging(line(("!  ", "$error bold")), card.stop_if, width, "$error")
        cues = [
            hanging(line((f"{n}  ", "$quiet")), cue_words(cue, card, dose), width) for n, cue in enumerate(card.cues, 1)
        ]
        return lines([*head, *_as_many(cues, height - sum(map(_height, (*head, stop)))), stop])

    def _dose(self, card: Exercise, given: Given | None, width: int, *, short: bool) -> list[Content]:
        """How much and how often; how often gives way where rows are few."""
        if self._dosing is not None:
            return [self._typed(self._dosing, narrow=width < 60)]
        words = dose_words(card, given.dose if given else card.dose)
        together = _beside((words, "bold"), card.frequency, width)
        if together.plain != words:
            return [together]
        often = [] if short else [literal(card.frequency, "$quiet")]
        return [hanging(Content(""), words, width, "bold"), *often]

    def _typed(self, dosing: DoseEntry, *, narrow: bool) -> Content:
        """The four numbers of a dose, the open one marked, and the minutes they make."""
        pieces: list[Content] = []
        for number in dosing.numbers:
            here = number == dosing.open
            shown = f"[{dosing.shown(number)}]" if here else f" {dosing.shown(number)} "
            name = number.name.replace("seconds", "s") if narrow else number.name
            pieces.append(line((shown, "$accent bold reverse" if here else "bold"), (f"{name} ", "$quiet")))
        return line(*pieces, (f"= {plain_number(dosing.minutes)} min", "bold"))

    def _because(self, given: Given, width: int, *, short: bool) -> list[Content]:
        names = ", ".join(self._finding(code) for code in given.because) or "the therapist's choice"
        lead = line(("because  ", "$quiet"))
        because = (lead + names).truncate(width, ellipsis=True) if short else hanging(lead, names, width)
        return [because, *(hanging(line(("limit  ", "$warning")), one, width, "$warning") for one in given.limits)]

    def hint(self) -> Content:
        """What the keys do that the key line has no room for."""
        rows = DOSING if self._dosing is not None else () if self.plan.blocked else HINTS
        return lines(line(*(line((f"{key} ", "bold"), (f"{does}  ", "$quiet")) for key, does in row)) for row in rows)


def _beside(first: tuple[str, str], second: str, width: int) -> Content:
    """The second where it has room; it is said elsewhere too."""
    both = line(first, (f"   {second}", "$quiet"))
    return both if both.cell_length <= width else literal(*first)


def _amount(card: Exercise, given: Given | None) -> str:
    """A dose in few words: "2 rounds of 8"."""
    return dose_words(card, given.dose if given else card.dose).partition(",")[0]


def _lead(word: str, style: str = "$quiet") -> Content:
    return line((f"  {word}".ljust(LEAD), style))


def _fit(text: str, room: int) -> str:
    return text.ljust(room) if len(text) < room else f"{text[: room - 2]}… "


def _height(content: Content) -> int:
    return content.plain.count("\n") + 1


def _rows(contents: Iterable[Content]) -> list[Content]:
    return [row for content in contents for row in content.split("\n", allow_blank=True)]


def _around(blocks: list[Content], marked: int, room: int) -> list[Content]:
    """The rows that fit, the marked block among them; arrows say that there are more."""
    first = 0
    while first < marked and sum(map(_height, blocks[first : marked + 1])) > room - (marked + 1 < len(blocks)):
        first += 1
    rows = _rows(blocks[first:])
    if first:
        rows[0] = line(("↑ ", "$accent"), rows[0][2:])
    if len(rows) > room:
        rows = [*rows[: room - 1], line(("↓ ", "$accent"), rows[room - 1][2:])]
    return rows


def _as_many(blocks: list[Content], room: int) -> list[Content]:
    """The first blocks, as many as there is room for; dots say that there are more."""
    if sum(map(_height, blocks)) <= room:
        return blocks
    kept = blocks
    while kept and sum(map(_height, kept)) > room:
        kept = kept[:-1]
    return [*kept[:-1], kept[-1] + " …"] if kept else []
