"""The plans kept so far: a list, one of them in full, and taking it up again."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.days import short_day
from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, line, lines, literal
from assess_tui.views.templates import beside
from assess_tui.visit.plans import KeptPlan
from assess_tui.widgets.choices import MARGIN, Choices
from assess_tui.widgets.pane import Pointed
from protocols.cards import dose_words
from protocols.grading import plain_number
from protocols.model import Library
from protocols.planning import Given

NONE_YET = "None yet: {plan.next} on the plan keeps it.\n\n{dialog.close} closes this."


class PlansDialog(Dialog[KeptPlan]):
    """Gives the plan to take up again, or None; away from a plan (`only_look`) there is nothing to take up."""

    AUTO_FOCUS = "#plans"

    def __init__(self, kept: tuple[KeptPlan, ...], library: Library, *, only_look: bool = False) -> None:
        super().__init__()
        self._kept, self._library, self._only_look = kept, library, only_look

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Plans kept so far", "$accent bold"))
            if self._kept:
                yield Choices(*(Option(self._row(kept)) for kept in self._kept), id="plans")
                yield Pointed(keyed("{dialog.accept} shows one   {dialog.close} closes", "$quiet"))
            else:
                yield Pointed(keyed(NONE_YET, "$quiet"))

    def _row(self, kept: KeptPlan) -> Content:
        """Two lines, the cards cut where they would run on."""
        names = kept.unread or ", ".join(_names(kept, self._library)) or "no card"
        by = "by hand" if kept.plan is not None and kept.plan.by_hand else "by the rules"
        return lines(
            [
                line((short_day(kept.day), "bold"), f"   visit {kept.visit}, version {kept.version}   ", by),
                line((f"{kept.clinician}: {names}", "$quiet")).truncate(self.room - MARGIN, ellipsis=True),
            ]
        )

    @on(OptionList.OptionSelected)
    def _look(self, event: OptionList.OptionSelected) -> None:
        kept = self._kept[event.option_index]
        if kept.plan is not None:
            look = KeptPlanDialog(kept, self._library, only_look=self._only_look)
            self.app.push_screen(look, lambda taken: self._taken(kept, taken))

    def _taken(self, kept: KeptPlan, taken: bool | None) -> None:
        if taken:
            self.dismiss(kept)


class KeptPlanDialog(Dialog[bool]):
    """One plan in full; Enter takes it up."""

    AUTO_FOCUS = "#kept-plan"

    def __init__(self, kept: KeptPlan, library: Library, *, only_look: bool = False) -> None:
        super().__init__()
        self._kept, self._library, self._only_look = kept, library, only_look

    def compose(self) -> ComposeResult:
        kept, plan = self._kept, self._kept.plan
        title = f"Plan of {short_day(kept.day)}, version {kept.version}, {kept.clinician}"
        with VerticalScroll(classes="sheet", id="kept-plan"):
            yield Static(literal(title, "$accent bold"))
            if plan is not None:
                told = [*map(self._given, plan.exercises), *map(self._snack, plan.snacks)]
                rows = [beside(name, words, self.room) for name, words in told]
                total = f"{plain_number(plan.minutes)} minutes"
                yield Static(lines([Content(""), *rows, Content(""), literal(total, "bold")]))
            take = "" if self._only_look else "{dialog.accept} takes it up: every card is looked at again.   "
            yield Pointed(keyed("\n" + take + "{dialog.close} goes back", "$quiet"))

    def action_accept(self) -> None:
        self.dismiss(not self._only_look)

    def _given(self, given: Given) -> tuple[str, str]:
        """The card by name, and its dose."""
        card = self._library.exercises.get(given.id)
        words = dose_words(card, given.dose) if card is not None else "a card the library no longer has"
        side = f", {given.side}" if given.side in ("left", "right") else ""
        name = f"{card.name if card else given.id}{side}"
        return name, f"{plain_number(given.minutes)} min: {words}"

    def _snack(self, card_id: str) -> tuple[str, str]:
        card = self._library.exercises.get(card_id)
        return card.name if card else card_id, "through the day"


def _names(kept: KeptPlan, library: Library) -> list[str]:
    cards = kept.cards
    return [library.exercises[one.card].name if one.card in library.exercises else one.card for one in cards]
