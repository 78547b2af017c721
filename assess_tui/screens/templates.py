"""The plans a clinic starts from: choosing one, and keeping a plan as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.days import short_day
from assess_tui.keyboard.keys import bindings
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.screens.dialog import Dialog
from assess_tui.storage.templates import Template, template_name
from assess_tui.text import keyed, line, literal, said
from assess_tui.views.templates import cards_words
from assess_tui.visit.plans import minutes_words
from assess_tui.widgets.choices import MARGIN, Choices
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed
from protocols.case import Wanted
from protocols.model import Library

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

NONE_YET = "None yet. {plan.save_template} on the plan keeps its cards as one."
CHOOSE = "{dialog.accept} starts from it   {templates.drop} takes it out of use   {dialog.close} closes"
KEEP = "{dialog.accept} keeps it   {dialog.close} closes"


class TemplateDialog(Dialog[Template]):
    """Gives the template to start from, or None."""

    AUTO_FOCUS = "#templates"
    BINDINGS = bindings("templates")

    def __init__(self, record: Record, library: Library, clinician: str) -> None:
        super().__init__()
        self._record, self._library, self._clinician = record, library, clinician
        self._held: list[Template] = []
        self._dropping = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Start from a plan of the clinic: every card is looked at again", "$accent bold"))
            yield Choices(marks=True, id="templates")
            with VerticalScroll(id="template-cards", can_focus=False):
                yield Static(id="template-held")
            yield Pointed(id="template-note")

    def on_mount(self) -> None:
        self._fill()

    def _fill(self) -> None:
        self._held = self._record.templates()
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._row(one)) for one in self._held])
        options.display = bool(self._held)
        options.highlighted = 0 if self._held else None
        self._look()

    def _row(self, template: Template) -> Content:
        kept = f"{template.by}, {short_day(template.at.astimezone())}"
        return line(
            (template.name, "bold"), (f"   {minutes_words(template.cards, self._library)}   {kept}", "$quiet")
        ).truncate(self.room - MARGIN, ellipsis=True)

    @property
    def _marked(self) -> Template | None:
        row = self.query_one(OptionList).highlighted
        return self._held[row] if row is not None and row < len(self._held) else None

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        marked = self._marked
        self._dropping = ""
        held = cards_words(marked.cards, self._library, self.room) if marked else literal(with_keys(NONE_YET), "$quiet")
        self.query_one("#template-held", Static).update(held)
        self._say(keyed(CHOOSE if marked else "{dialog.close} closes", "$quiet"))

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        if self._marked is not None:
            self.dismiss(self._marked)

    def action_drop(self) -> None:
        """Asks first: the same key again does it."""
        marked = self._marked
        if marked is None:
            return
        if self._dropping != marked.id:
            self._dropping = marked.id
            self._say(
                f"{key_of('templates.drop')} again takes “{marked.name}” out of use; plans made from it stay.",
                "$warning",
            )
            return
        self._record.drop_template(marked.id, self._clinician)
        self._fill()

    def _say(self, words: str | Content, tone: str = "$quiet") -> None:
        self.query_one("#template-note", Static).update(said(words, tone))


class SaveTemplateDialog(Dialog[str]):
    """Gives the name to keep these cards under, or None. A name that is taken asks first: Enter again replaces it."""

    AUTO_FOCUS = "#template-name"

    def __init__(self, record: Record, library: Library, cards: Sequence[Wanted]) -> None:
        super().__init__()
        self._record, self._library, self._cards = record, library, cards
        self._replacing = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Keep this plan for the clinic", "$accent bold"))
            yield Field(placeholder="its name, for example: desk worker, 10 minutes", id="template-name")
            yield Static(literal(minutes_words(self._cards, self._library), "$quiet"))
            with VerticalScroll(id="template-cards", can_focus=False):
                yield Static(cards_words(self._cards, self._library, self.room))
            yield Pointed(id="template-note")

    def on_mount(self) -> None:
        self._say(keyed(KEEP, "$quiet"))

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._replacing:
            self._replacing = ""
            self._say(keyed(KEEP, "$quiet"))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        if not self._cards:
            self._say("This plan holds no card; add one first.", "$warning")
            return
        try:
            name = template_name(event.value)
        except ValueError as error:
            self._say(str(error), "$warning")
            return
        known = self._record.template_called(name)
        if known is None or self._replacing == name:
            self.dismiss(name)
            return
        self._replacing = name
        kept = f"{known.by} on {short_day(known.at.astimezone())}"
        self._say(
            f"“{known.name}” was kept by {kept}. {key_of('dialog.accept')} again puts these cards in its place.",
            "$warning",
        )

    def _say(self, words: str | Content, tone: str = "$quiet") -> None:
        self.query_one("#template-note", Static).update(said(words, tone))
