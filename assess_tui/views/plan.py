"""What the plan screen shows, as Content."""

from __future__ import annotations

from textual.content import Content

from assess_tui.session import VisitSession
from assess_tui.text import hanging, line, literal
from protocols.grades.words import plain_number
from protocols.model import Exercise
from protocols.planning import Given, Plan

PHASE = {
    "breathe": "breathe",
    "release": "release",
    "mobilise": "move",
    "activate": "activate",
    "strengthen": "strengthen",
    "integrate": "put together",
}


class PlanView:
    """One drawing of a plan."""

    def __init__(self, session: VisitSession, plan: Plan, minutes: int) -> None:
        self.session = session
        self.library = session.library
        self.plan = plan
        self.minutes = minutes

    @property
    def cards(self) -> tuple[str, ...]:
        """Every card of the plan: session first, then the snacks."""
        return (*(given.id for given in self.plan.exercises), *self.plan.snacks)

    def summary(self) -> Content:
        plan = self.plan
        if plan.blocked:
            return line(("No exercise plan", "$error bold"), "   F8 makes the referral letter.")
        stage = f"   stand-test stage {plan.stage}" if plan.stage != "none" else ""
        over = plan.minutes > self.minutes
        return line(
            ("Plan", "$accent bold"),
            (f"   {plain_number(plan.minutes)} of {self.minutes} minutes", "$error bold" if over else "bold"),
            (f"   {self._bar(over)}", "$error" if over else "$success"),
            (stage, "$warning"),
        )

    def _bar(self, over: bool) -> str:
        used = min(20, round(20 * float(self.plan.minutes) / self.minutes))
        return "█" * used + ("!" if over else "") + "░" * (20 - used)

    def listing(self, row: int, width: int, *, room: int) -> Content:
        """The cards and what else the plan says; where all of it has no room, the rest takes one line each."""
        whole = self._listing(row, width, short=False)
        return whole if whole.plain.count("\n") < room else self._listing(row, width, short=True)

    def _listing(self, row: int, width: int, *, short: bool) -> Content:
        rows = [self._card(given, index == row, width) for index, given in enumerate(self.plan.exercises)]
        first_snack = len(rows)
        rows += [self._snack(card, first_snack + index == row) for index, card in enumerate(self.plan.snacks)]
        if self.plan.lifestyle:
            names = ", ".join(self.library.lifestyle[card].name for card in self.plan.lifestyle)
            rows.append(hanging(line(("  every day    ", "$quiet")), names, width, "$quiet"))
        if self.plan.parked:
            parked = ", ".join(
                f"{self.library.findings[item.code].name} ({item.retest_weeks} wk)" for item in self.plan.parked
            )
            rows.append(hanging(line(("  re-test      ", "$quiet")), parked, 999 if short else width, "$quiet"))
        for said in self.plan.messages:
            lead = line(("  !            ", "$warning bold"))
            rows.append(hanging(lead, said, 999 if short else width, "$warning"))
        if short:
            rows = [content.truncate(width, ellipsis=True) for content in rows]
        return Content("\n").join(rows)

    def _card(self, given: Given, here: bool, width: int) -> Content:
        card = self.library.exercises[given.id]
        side = f", {given.side}" if given.side in ("left", "right") else ""
        return line(
            ("▸ " if here else "  ", "$accent bold"),
            (PHASE[card.phase].ljust(13), "$quiet"),
            (f"{card.name}{side}".ljust(44)[: max(20, width - 24)], "bold" if here else ""),
            (f"{plain_number(given.minutes)} min".rjust(9), "$quiet"),
        )

    def _snack(self, card_id: str, here: bool) -> Content:
        card = self.library.exercises[card_id]
        return line(
            ("▸ " if here else "  ", "$accent bold"), ("in the day   ", "$quiet"), (card.name, "bold" if here else "")
        )

    def detail(self, row: int, width: int) -> Content:
        """The marked card: dose, because, limits, cues."""
        if not self.cards:
            return Content("")
        card = self.library.exercises[self.cards[min(row, len(self.cards) - 1)]]
        given = next((item for item in self.plan.exercises if item.id == card.id), None)
        dose = given.dose if given is not None else card.dose
        rows = [line((card.name, "$accent bold"), (f"   {card.id}", "$quiet"))]
        rows.append(
            line((_dose_words(card, dose.sets, dose.reps, dose.sides), "bold"), (f"   {card.frequency}", "$quiet"))
        )
        if given is not None:
            names = ", ".join(self.library.findings[code].name for code in given.because)
            rows.append(hanging(line(("because  ", "$quiet")), names, width))
            rows += [hanging(line(("limit  ", "$warning")), limit, width, "$warning") for limit in given.limits]
        cues = enumerate(card.cues, 1)
        rows += [hanging(line((f"{n}  ", "$quiet")), _filled(cue, card, dose.reps), width) for n, cue in cues]
        rows.append(hanging(line(("!  ", "$error bold")), card.stop_if, width, "$error"))
        return Content("\n").join(rows)

    def nothing(self) -> Content:
        return literal("No cards in this plan.", "$quiet") if not self.cards else Content("")


def _dose_words(card: Exercise, sets: int, reps: int, sides: int) -> str:
    if card.dose_unit == "hold":
        return f"{card.dose.sec_per_rep // 60} min" if card.dose.sec_per_rep >= 60 else f"{card.dose.sec_per_rep} s"
    words = f"{reps} {'breaths' if card.dose_unit == 'breaths' else 'times'}"
    if sets > 1:
        words += f", {sets} rounds"
    return words + (", each side" if sides > 1 else "")


def _filled(cue: str, card: Exercise, reps: int) -> str:
    return cue.replace("{hold}", str(card.hold_s)).replace("{reps}", str(reps))
