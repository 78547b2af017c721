"""The library of exercise cards: type to search, look at each; or pick one for a plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from assess_tui.keyboard.words import key_of
from assess_tui.screens.base import BaseScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import ROW, keyed, line, literal, tap_key
from assess_tui.views.cards import Barred, CardsView
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pane
from assess_tui.widgets.rows import Rows
from assess_tui.widgets.search_line import SearchLine
from protocols.cards import Catalogue
from protocols.model import Exercise, Library

if TYPE_CHECKING:
    from assess_tui.entry.card import CardEntry

REST_S = 0.15
"""What is found shows at each letter. The card beside it follows once the keys rest so long, its figures always."""
NOTHING = "  No card fits every word. {cards.back} clears the search."
WRITTEN = (
    "{card} is in the library and can be added to a plan. Visits already begun keep the cards of their day; it is in "
    "those begun from now on."
)


class CardsScreen(MarkedRows, BaseScreen[str]):
    """Gives the id of the card that was picked, or None.

    `barred` says of each card why it may not be given to this patient; a barred card can be picked all the same, and
    whoever asked decides. `within` are the cards the plan holds already. `first` are the ids that stand on top as long
    as nothing is typed, the nearest first.
    """

    places = ("cards",)
    again = ("cards.take",)
    help_text = (
        "Type what you look for: a name, a finding or its code, a position, what is needed, a phase, a word of the "
        "cues. Every word has to fit. {cards.up} and {cards.down} look at each card."
    )

    def __init__(
        self,
        library: Library,
        *,
        picking: bool = False,
        title: str = "Exercise cards",
        barred: Barred | None = None,
        within: Collection[str] = (),
        first: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._barred, self._within = barred, within
        self._know(library)
        self._picking = picking
        self._title = title
        self._first = [library.exercises[one] for one in first if one in library.exercises]
        self._found: tuple[Exercise, ...] = ()
        self._row = 0
        self._first_row = 0
        self._top = 0
        self._drawing: Timer | None = None

    def _know(self, library: Library) -> None:
        self._view = CardsView(library, self._barred, self._within)
        self._catalogue = Catalogue(library)

    def compose(self) -> ComposeResult:
        yield Pane(id="cards-head")
        yield SearchLine(
            placeholder="type what you look for, for example: hip turn, ball, ANK, sitting", id="cards-search"
        )
        with Vertical(id="cards"):
            yield Rows(id="cards-list")
            with Vertical(id="cards-side"):
                with Horizontal(id="cards-figures"):
                    yield Figure(id="cards-start", rests_on=0)
                    yield Figure(id="cards-finish")
                yield Rows(id="cards-detail")
        yield KeyLine()

    def on_mount(self) -> None:
        search = self.query_one(SearchLine)
        search.focus()
        self.watch(search, "value", self._search, init=False)
        self.call_after_refresh(self._search, "")

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def card(self) -> Exercise | None:
        """The marked card."""
        return self._found[self._row] if self._found else None

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        found = self._catalogue.find(text)
        on_top = self._first if not text.strip() else []
        self._found = (*on_top, *(card for card in found if card not in on_top))
        self._mark(0)

    def _mark(self, row: int) -> None:
        self._row = max(0, min(row, len(self._found) - 1))
        self._top = 0
        self._draw_list()

    def _draw(self) -> None:
        self._draw_list()
        self._draw_detail()

    def _draw_card(self) -> None:
        self._draw_detail()
        self._draw_figures()

    def _draw_list(self) -> None:
        count = f"{len(self._found)} of {len(self._view.library.exercises)} cards"
        self.query_one("#cards-head", Pane).show(line((f" {self._title}", "$accent bold"), (f"   {count}", "$quiet")))
        listing = self.query_one("#cards-list", Rows)
        listing.does = f"{ROW}{{row}})"
        self._first_row = listing.first = scrolled(self._first_row, self._row, len(self._found), listing.room[1])
        listing.show(
            self._view.listing(self._found, self._first_row, self._row, listing.room) or [keyed(NOTHING, "$warning")]
        )
        if self._drawing is not None:
            self._drawing.stop()
        self._drawing = self.set_timer(REST_S, self._draw_card)

    def _draw_detail(self) -> None:
        pane = self.query_one("#cards-detail", Rows)
        width, height = pane.room
        rows = self._view.detail(self.card, width) if self.card is not None else []
        self._top = max(0, min(self._top, len(rows) - height + 1))
        held = rows[self._top : self._top + height]
        if len(rows) > self._top + height:
            held[-1] = tap_key(literal(f"more: {key_of('cards.page_down')}", "$quiet"), "cards.page_down")
        pane.show(held)

    def _draw_figures(self) -> None:
        """Start and finish side by side; where the card has or the screen shows one alone, that one on its place."""
        pose = self.card.pose if self.card is not None else None
        start, finish = self.query_one("#cards-start", Figure), self.query_one("#cards-finish", Figure)
        two = pose is not None and pose.finish is not None
        finish.show(pose if two or not start.display else None)
        self.call_after_refresh(start.show, pose)  # a key may come between the two

    # -- keys --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes a card only where one is picked, and a card is written only where none is."""
        if action in ("take", "own_card"):
            return self._picking == (action == "take")
        return super().check_action(action, parameters)

    @property
    def marked_row(self) -> int:
        return self._row

    def move(self, by: int) -> None:
        self._mark(self._row + by)
        self._draw_detail()

    def action_page_down(self) -> None:
        self._turn(1)

    def action_page_up(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self._top = max(0, self._top + by * max(1, self.query_one("#cards-detail", Rows).room[1] - 1))
        self._draw_detail()

    def action_take(self) -> None:
        if self.card is not None:
            self.dismiss(self.card.id)

    def action_own_card(self) -> None:
        """A copy of the marked card, to be changed and written as the clinic's own."""
        if self.card is not None:
            from assess_tui.screens.card_editor import OwnCardDialog

            self.app.push_screen(OwnCardDialog(self.card), self._edit)

    def _edit(self, entry: CardEntry | None) -> None:
        if entry is not None:
            from assess_tui.screens.card_editor import CardEditorScreen

            self.app.push_screen(CardEditorScreen(entry), self._written)

    def _written(self, card: str | None) -> None:
        """The library was read anew: the card is found in it."""
        if card is not None:
            self._know(self.instrument.library)
            search = self.query_one(SearchLine)
            search.value = card
            search.cursor_position = len(card)
            self._search(card)
            self.instrument.show_error("Written", WRITTEN.format(card=card))

    def action_help(self) -> None:
        self.instrument.action_help()

    def action_back(self) -> None:
        """The first Esc clears what was typed."""
        search = self.query_one(SearchLine)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)


def scrolled(first: int, row: int, count: int, height: int) -> int:
    """The first row shown: the list stands still until the mark leaves it, then moves by half a page."""
    if not first <= row < first + height:
        first = row - height // 2
    return max(0, min(first, count - height))
