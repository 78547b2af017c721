"""Before the plan of a follow-up visit: what is proposed for each card of the last plan, and the therapist's choice."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from assess_tui.entry.plan import Changed
from assess_tui.entry.proposals import ProposalsEntry
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import literal
from assess_tui.views.proposals import ProposalsView
from assess_tui.widgets.pane import Pane


class ProposalsScreen(MarkedRows, VisitScreen):
    """Enter makes these cards the plan, which can then be changed as any."""

    places = ("proposals", "visit")
    place = "plan"
    again = ("proposals.other",)
    help_text = (
        "For each card of the last plan one step is proposed, with its reason; you decide. {proposals.other} goes "
        "through: as proposed, as it was, left out. {proposals.next} takes all of it up, {proposals.afresh} makes a "
        "new plan by the rules instead; {proposals.undo} takes either back. {plan.from_last} on the plan comes back "
        "here."
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(id="proposals"):
            yield Pane(id="proposals-summary")
            yield Pane(id="proposals-list")
            yield Pane(id="proposals-note")
            yield Pane(id="proposals-said")

    def begin(self) -> None:
        self.entry = ProposalsEntry(self.session)
        self._said = Changed()
        self._draw()

    def redraw(self) -> None:
        self._draw(self._said)  # a key may come before the first sizes are known

    def _draw(self, changed: Changed | None = None) -> None:
        view = ProposalsView(self.entry)
        size = self.query_one("#proposals-list").content_size
        width = size.width or 76
        said = self._said = changed or Changed()
        self._show("summary", view.summary())
        self._show("list", view.listing(width, size.height or 14))
        self._show("note", view.note(width))
        self._show("said", literal(said.say, "$error" if said.tone == "refused" else "$accent"))

    def _show(self, part: str, content: Content) -> None:
        self.query_one(f"#proposals-{part}", Pane).show(content)

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        self.entry.move(by)
        self._draw()

    def action_other(self) -> None:
        self._draw(self.entry.other())

    def action_add(self) -> None:
        from assess_tui.screens.cards import CardsScreen

        picking = CardsScreen(
            self.session.library,
            picking=True,
            title="Add a card",
            barred=self.entry.barred,
            within=[one.card for one in self.entry.chosen],
            first=self.entry.fitting(),
        )
        self.app.push_screen(picking, lambda card: self._draw(self.entry.add(card) if card else None))

    def action_next(self) -> None:
        changed = self.entry.take_up()
        if changed.tone == "refused":
            self._draw(changed)
        else:
            self.instrument.go("plan")

    def action_afresh(self) -> None:
        self.entry.afresh()
        self.instrument.go("plan")

    def action_undo(self) -> None:
        why = "" if self.entry.turned else self.elsewhere(self.session.to_undo())
        self._draw(Changed(why or self.entry.undo()))
        self.refresh_banner()

    def action_redo(self) -> None:
        why = self.elsewhere(self.session.to_redo())
        said = why or self.entry.redo()
        if why:
            self._draw(Changed(said))
        else:
            self.instrument.go("plan")
