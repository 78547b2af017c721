"""The plan: cards in order, each with dose, minutes, because and figure; every change of a card is one key."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from assess_tui.entry.dose import DIGITS, DoseEntry
from assess_tui.entry.plan import Changed, PlanEntry
from assess_tui.entry.proposals import undecided
from assess_tui.keyboard.words import key_of, keys_of
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import literal
from assess_tui.views.plan import PlanView
from assess_tui.visit.waiting import DOSE
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.pane import Pane
from protocols.figure import mirrored_for
from protocols.visit import Cell

TWO_FIGURES = 110
"""Cells from which start and finish stand side by side."""


class PlanScreen(MarkedRows, VisitScreen):
    """Enter keeps this version of the plan and goes on to the paper."""

    places = ("plan", "visit")
    place = "plan"
    help_text = (
        "The rules make the plan; every change by hand is yours and is looked at again at once. {plan.up} and "
        "{plan.down} mark a card. A card that is barred for this patient is given only with a reason you type; the "
        "clinic's copy prints it. Let the patient show you each card and press a digit: so many cues were needed."
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(id="plan"):
            yield Pane(id="plan-summary")
            yield Pane(id="plan-warnings")
            yield Pane(id="plan-list")
            with Horizontal(id="plan-card"):
                yield Figure(id="plan-start", rests_on=0)
                yield Figure(id="plan-finish")
                yield Pane(id="plan-detail")
            yield Pane(id="plan-note")

    def begin(self) -> None:
        self.entry = PlanEntry(self.session)
        self.dosing: DoseEntry | None = self.entry.left_dose()
        self._draw()

    def redraw(self) -> None:
        self._draw(self._said)

    def come_in(self) -> None:
        if self.begun and self.dosing is not None and self.dosing.card.id != self.entry.marked:
            self.dosing = None  # the card has gone
        super().come_in()

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _draw(self, note: Content | None = None) -> None:
        self._said = note
        view = PlanView(self.entry, self.dosing)
        self._show("summary", view.summary())
        self._show("warnings", view.warnings(self._room("warnings")[0]))
        self._show("list", view.listing(*self._room("list")))
        self._draw_figures()
        self._show("detail", view.detail(*self._room("detail")))
        self._show("note", note or view.hint())

    def _show(self, part: str, content: Content) -> None:
        self.query_one(f"#plan-{part}", Pane).show(content)

    def _room(self, part: str) -> tuple[int, int]:
        size = self.query_one(f"#plan-{part}").content_size
        return size.width or 44, size.height or 9

    def _draw_figures(self) -> None:
        """The figures show the side that begins, as on paper."""
        card, given = self.entry.card, self.entry.given
        pose = card.pose if card is not None else None
        turned = pose is not None and given is not None and mirrored_for(pose, given.side)
        for figure in self.query(Figure):
            figure.show(pose, mirrored=turned)
        two = pose is not None and pose.finish is not None and self.size.width >= TWO_FIGURES
        self.query_one("#plan-start").display = two
        self.query_one("#plan-finish").display = pose is not None

    # -- what a key did ----------------------------------------------------------------------------------------------

    def _after(self, changed: Changed) -> None:
        if undecided(self.session):  # taken back as far as that
            self.instrument.go("plan")
            return
        self.refresh_banner()
        self._draw(literal(changed.say, "$error" if changed.tone == "refused" else "$accent"))

    def _try(self, change: Callable[[str], Changed]) -> None:
        """A barred card asks for a reason first; without one nothing happens."""
        changed = change("")
        if not changed.barred:
            self._after(changed)
            return
        ask = AskDialog(
            "Barred for this patient",
            f"{changed.barred}\nTo give it all the same, say why; the clinic's copy prints it.",
        )
        self.app.push_screen(ask, lambda why: self._after(change(why) if why else Changed("Nothing was changed.")))

    # -- typing ------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.dosing is not None:
            done = self._type_dose(self.dosing, event)
        elif done := event.character in DIGITS:
            self._after(self.entry.showed(int(event.character or "0")))
        if done:
            event.stop()
            event.prevent_default()

    def _type_dose(self, dosing: DoseEntry, event: events.Key) -> bool:
        """Every letter and arrow belongs to the dose while it is open; F-keys go where they always go."""
        if event.key in keys_of("plan.next"):
            self._keep_dose(dosing)
            return True
        if event.key == "escape":
            self.dosing = None
        elif not dosing.press(event.key, event.character):
            return False
        self._draw()
        return True

    def keep_typed(self) -> str:
        """A dose being typed is kept; one that no session holds stays open, with why."""
        if self.dosing is None:
            return ""
        changed = self._keep_dose(self.dosing)
        return changed.say if changed.tone == "refused" else ""

    def note_typed(self) -> None:
        self.session.waiting.leave(*(self.dosing.waits if self.dosing is not None else (Cell(DOSE), "")))

    def _keep_dose(self, dosing: DoseEntry) -> Changed:
        """A dose that no session holds stays open, with why."""
        changed = self.entry.dose(dosing.dose)
        if changed.tone != "refused":
            self.dosing = None
        self._after(changed)
        return changed

    # -- the marked card ---------------------------------------------------------------------------------------------

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        """While its dose is typed the card stays marked."""
        if self.dosing is None:
            self.entry.row += by
            self._draw()

    def action_add(self) -> None:
        if cannot := self.entry.cannot(marked=False):
            self._after(cannot)
        else:
            self._pick("Add a card", (), self.entry.add)

    def action_swap(self) -> None:
        card = self.entry.card
        if card is not None:
            self._pick(f"In place of: {card.name}", self.entry.nearest(), self.entry.swap)
        elif cannot := self.entry.cannot():
            self._after(cannot)

    def _pick(self, title: str, first: tuple[str, ...], change: Callable[[str, str], Changed]) -> None:
        """Let the therapist choose a card of the library; `first` stand on top."""
        from assess_tui.screens.cards import CardsScreen

        library = self.session.library
        picking = CardsScreen(
            library, picking=True, title=title, barred=self.entry.barred, within=self.entry.cards, first=first
        )
        self.app.push_screen(
            picking, lambda card: self._try(lambda forced: change(card, forced)) if card else self._draw()
        )

    def action_remove(self) -> None:
        self._after(self.entry.remove())

    def action_easier(self) -> None:
        self._try(self.entry.easier)

    def action_harder(self) -> None:
        self._try(self.entry.harder)

    def action_earlier(self) -> None:
        self._after(self.entry.move(-1))

    def action_later(self) -> None:
        self._after(self.entry.move(1))

    def action_side(self) -> None:
        self._after(self.entry.side())

    def action_dose(self) -> None:
        opened = self.entry.open_dose()
        if isinstance(opened, Changed):
            self._after(opened)
        else:
            self.dosing = opened
            self._draw()

    def action_showed(self) -> None:
        """Only told of in the help: the digits are taken as they are typed."""

    def action_not_yet(self) -> None:
        self._after(self.entry.not_yet())

    # -- the whole plan ----------------------------------------------------------------------------------------------

    def action_longer(self) -> None:
        self._after(self.entry.change_minutes(1))

    def action_shorter(self) -> None:
        self._after(self.entry.change_minutes(-1))

    def action_by_rules(self) -> None:
        self._after(self.entry.by_rules())

    def action_undo(self) -> None:
        self._history(self.session.to_undo(), self.entry.undo)

    def action_redo(self) -> None:
        self._history(self.session.to_redo(), self.entry.redo)

    def _history(self, cell: Cell | None, change: Callable[[], Changed]) -> None:
        why = self.elsewhere(cell)
        self._after(Changed(why) if why else change())

    def action_check_in(self) -> None:
        from assess_tui.screens.check_in import CheckInDialog

        ask = CheckInDialog(self.session.visit.date)
        self.app.push_screen(ask, lambda day: self._after(self.entry.agree_check_in(day)) if day else None)

    def action_why_not(self) -> None:
        from assess_tui.screens.why_not import WhyNotDialog

        self.app.push_screen(WhyNotDialog(self.session))

    def action_history(self) -> None:
        from assess_tui.screens.plans import PlansDialog
        from assess_tui.visit.plans import kept_plans

        kept = kept_plans(self.instrument.record, self.session.visit)
        self.app.push_screen(
            PlansDialog(kept, self.session.library),
            lambda taken: self._after(self.entry.take_up(taken.cards, "taken up again")) if taken else None,
        )

    def action_from_last(self) -> None:
        """What is proposed for the last plan, once more; the plan stays until it is taken up."""
        self.instrument.go("proposals")

    def action_open_template(self) -> None:
        from assess_tui.screens.templates import TemplateDialog

        if cannot := self.entry.cannot(marked=False):
            self._after(cannot)
            return
        ask = TemplateDialog(self.instrument.record, self.session.library, self.session.clinician)
        self.app.push_screen(
            ask, lambda one: self._after(self.entry.take_up(one.cards, f"template {one.name}")) if one else None
        )

    def action_save_template(self) -> None:
        from assess_tui.screens.templates import SaveTemplateDialog

        if cannot := self.entry.cannot():
            self._after(cannot)
        else:
            ask = SaveTemplateDialog(self.instrument.record, self.session.library, self.entry.for_anyone)
            self.app.push_screen(ask, self._save_template)

    def _save_template(self, name: str | None) -> None:
        if name:
            kept = self.instrument.record.save_template(name, self.entry.for_anyone, self.session.clinician)
            self._after(
                Changed(f"Kept for the clinic as “{kept.name}”; {key_of('plan.open_template')} begins with it.")
            )

    # -- on ----------------------------------------------------------------------------------------------------------

    def go(self, place: str) -> None:
        """What is handed over is kept as a version first."""
        if not self.may_leave():
            return
        if place == "paper" and not self.entry.plan.blocked:
            self.session.save_plan(self.entry.plan)
        self.instrument.go(place)

    def action_next(self) -> None:
        self.go("paper")
