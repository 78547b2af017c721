"""The exercise editor: a copy of a card becomes the clinic's own, its figure drawn while angles are typed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.card import CardEntry
from assess_tui.keyboard.keys import bindings
from assess_tui.keyboard.words import key_of
from assess_tui.screens.base import BaseScreen
from assess_tui.screens.cards import scrolled
from assess_tui.screens.dialog import BESIDE_TEXT, WIDEST_SHEET, Dialog
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.message import MessageDialog
from assess_tui.storage.own_cards import own_file, problems_of, version_on_disk, write_card
from assess_tui.text import hanging, keyed, line, lines, literal, tap_key
from assess_tui.views.card_editor import head, meaning, rows, verdict
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pane, Pointed
from assess_tui.widgets.rows import Rows
from protocols.errors import LibraryError
from protocols.model import Exercise
from protocols.origin import is_own

TWO_FIGURES = 100
"""Cells from which start and finish stand side by side."""
LISTED = 12
"""Problems told at once."""
NOT_YET = "Not written yet"
DROP = "What was changed here is not written."
DROP_KEYS = "{dialog.accept} leaves it unwritten   {dialog.close} stays here"
REPLACE_KEYS = "{dialog.accept} puts this one in its place   {dialog.close} leaves it as it is"


class CardEditorScreen(MarkedRows, BaseScreen[str]):
    """Gives the id of the card that was written, or None."""

    places = ("card_editor",)
    help_text = (
        "Type in the marked field. Tab, Enter and Shift+Tab go from field to field, PgDn and PgUp from heading to "
        "heading. Up and Down change a number, an angle (by 5 degrees) or a choice; in a text they go to the next "
        "field. The last two lines say what has to be put right before the card is written."
    )

    def __init__(self, entry: CardEntry) -> None:
        super().__init__()
        self.entry = entry
        self._first = 0
        self._finish = False

    def compose(self) -> ComposeResult:
        yield Pane(id="card-head")
        with Horizontal(id="card"):
            yield Rows(id="card-rows")
            with Vertical(id="card-side"):
                yield Pane(id="card-when")
                with Horizontal(id="card-figures"):
                    yield Figure(id="card-start", rests_on=0)
                    yield Figure(id="card-finish")
                yield Rows(id="card-means")
        yield Rows(id="card-verdict")
        yield KeyLine()

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _draw(self, said: str = "") -> None:
        entry = self.entry
        self.query_one("#card-head", Pane).show(head(entry, said))
        pane = self.query_one("#card-rows", Rows)
        width, height = pane.room
        made, here = rows(entry, width)
        self._first = scrolled(self._first, here, len(made), height)
        pane.show(made[self._first : self._first + height])
        side = self.query_one("#card-means", Rows)
        side.show(meaning(entry, side.room[0])[: side.room[1]])
        below = self.query_one("#card-verdict", Rows)
        below.show(verdict(entry, below.room[0]))
        self._draw_figures()

    def _draw_figures(self) -> None:
        """Start and finish; where there is room for one alone, that of the marked field, or the one asked for."""
        both = self.entry.drawn.finish is not None
        wide = self.app.size.width >= TWO_FIGURES
        if self.entry.when:
            self._finish = self.entry.when == "finish"
        start, finish = self.query_one("#card-start", Figure), self.query_one("#card-finish", Figure)
        start.display = wide or not (both and self._finish)
        finish.display = both and (wide or self._finish)
        for figure in (start, finish):
            if figure.display:
                figure.show(self.entry.drawn)
        self.query_one("#card-when", Pane).show(self._when(wide, both))

    def _when(self, wide: bool, both: bool) -> Content:
        if not both:
            return literal("start", "$quiet")
        if not wide:
            return line(
                ("finish" if self._finish else "start", "$accent"),
                keyed("   {card_editor.other} the other", "$quiet"),
            )
        half = self.query_one("#card-when", Pane).size.width // 2
        return line(("start".ljust(half), "$quiet"), ("finish", "$quiet"))

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.entry.press(event.key, event.character):
            event.stop()
            event.prevent_default()
            self._draw()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.entry.type(event.text)
        self._draw()

    @property
    def marked_row(self) -> int:
        """Counted in fields."""
        return self.entry.fields.index(self.entry.field)

    def move(self, by: int) -> None:
        self.entry.move(by)
        self._draw()

    def action_other(self) -> None:
        """The other figure, where one is shown alone; the mark leaves the angles of this one."""
        self._finish = not self._finish
        self.entry.other_posture()
        self._draw()

    def action_fault(self) -> None:
        self.entry.to_fault()
        self._draw()

    def action_undo(self) -> None:
        self._draw(self.entry.undo())

    def action_redo(self) -> None:
        self._draw(self.entry.redo())

    def action_help(self) -> None:
        self.instrument.action_help()

    def keep_typed(self) -> str:
        """Said once, where it is left from what lies over it. Nowhere noted: no visit is open that it could wait in."""
        return f"{NOT_YET}: the card {self.entry.card.id}." if self.entry.changed else ""

    def action_back(self) -> None:
        self._leave(lambda: self.dismiss(None))

    def action_leave(self) -> None:
        self._leave(lambda: self.instrument.exit(0))

    def _leave(self, go: Callable[[], object]) -> None:
        """Nothing typed is lost without a question."""
        if not self.entry.changed:
            go()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                go()

        self.app.push_screen(MessageDialog(NOT_YET, DROP, DROP_KEYS), answered)

    # -- writing -----------------------------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Write the card when nothing is wrong with it; a file that stands there already is asked about."""
        card, folder = self.entry.card, self.instrument.folder
        said = self.entry.said() or [problem.sentence for problem in problems_of(folder, card)]
        if said:
            self._refuse(said)
            return
        file = own_file(folder, card.id)
        older = version_on_disk(file)
        if older is None:
            self._write()
            return
        what = f"version {older}" if older else "which cannot be read"
        ask = f"{file.name}, {what}, is there already. This is version {card.version}. Comments in the older one go."
        self.app.push_screen(MessageDialog("In the place of your older card?", ask, REPLACE_KEYS), self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._write()

    def _refuse(self, said: list[str]) -> None:
        width = min(WIDEST_SHEET, self.app.size.width) - BESIDE_TEXT
        more = [f"and {len(said) - LISTED} more"] if len(said) > LISTED else []
        listed = "\n".join(f"- {one}" for one in (*said[:LISTED], *more))
        wrapped = "\n".join(row.plain.rstrip() for row in [hanging(Content(""), listed, width)])
        self.instrument.show_error(NOT_YET, f"To put right first:\n{wrapped}")

    def _write(self) -> None:
        file = write_card(self.instrument.folder, self.entry.card)
        try:
            self.instrument.read_library()
        except LibraryError as error:
            self.instrument.show_error(error.title, f"{file.name} is written, but not in use yet. {error.message}")
            return
        self.dismiss(self.entry.card.id)


class OwnCardDialog(Dialog[CardEntry]):
    """Whether the copy is a new card or takes the place of the marked one; gives what to write."""

    BINDINGS = bindings("own_card")

    def __init__(self, card: Exercise) -> None:
        super().__init__()
        self._card = card

    def compose(self) -> ComposeResult:
        card, library = self._card, self.instrument.library
        whose = "your own card" if is_own(card, library) else "the bundled card"
        new = "a new card of your own, under a new id. The card it is copied from stays as it is."
        place = (
            f"in its place: {whose} {card.id} gives way to version {card.version + 1}, in every ladder it stands in."
        )
        with Vertical(classes="sheet"):
            yield Static(literal(f"Own card from {card.name} ({card.id})", "$accent bold"))
            yield Pointed(
                lines(
                    (
                        Content(""),
                        _way("own_card.new_card", new, self.room),
                        _way("own_card.in_place", place, self.room),
                        Content(""),
                        keyed("{dialog.close} closes", "$quiet"),
                    )
                )
            )

    def action_new_card(self) -> None:
        self.dismiss(CardEntry(self._card, self.instrument.library, new=True))

    def action_in_place(self) -> None:
        self.dismiss(CardEntry(self._card, self.instrument.library, new=False))


def _way(name: str, words: str, width: int) -> Content:
    return tap_key(hanging(line((f"{key_of(name)}  ", "$accent bold")), words, width), name)
