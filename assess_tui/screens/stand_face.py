"""The face of the live stand test: title, alert, clock, table, curve, page. Draws a test in place; keeps nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.stand.before import Questions
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import at
from assess_tui.keyboard.words import key_of
from assess_tui.text import line, literal, tap_key
from assess_tui.views.stand import StandView
from assess_tui.views.stand_paper import Paper, beside, is_paper
from assess_tui.views.stand_table import StandTable
from assess_tui.widgets.aside import Aside
from assess_tui.widgets.pane import Pointed

TITLES = {"lean": " · lean against the wall", "active_stand": " · free standing"}
WIDE = 100
"""Columns from which the result keeps its curve beside it."""


class Sized(Pointed):
    """What is drawn to the size of its place, and is drawn anew in another."""

    def on_resize(self) -> None:
        next(face for face in self.ancestors if isinstance(face, StandFace)).redraw()


class StandFace(Vertical):
    """Three columns, of which the part of the test that is open shows some."""

    def __init__(self) -> None:
        super().__init__(id="stand")
        self._arranged = ("", "", False)
        self._entry: StandEntry | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="stand-head"):
            yield Static(id="stand-title")
            stop = line((f" STOP = {key_of('stand.stop')} ", "bold reverse $error"), (" always", "$quiet"))
            yield Pointed(tap_key(stop, "stand.stop"), id="stand-stop")
        yield Pointed(id="stand-alert")
        with Horizontal(id="stand-body"):
            with Vertical(id="stand-left"):
                yield Pointed(id="stand-clock")
                yield Sized(id="stand-table")
            yield Sized(id="stand-page")
            with Vertical(id="stand-right"):
                yield Sized(id="stand-curve")
                yield Pointed(id="stand-says")
            yield Aside()
        yield Static(id="stand-note")

    def draw(self, entry: StandEntry) -> bool:
        """All of it. Whether another part is open than the last time."""
        self._entry = entry
        view, part = StandView(entry), entry.part.id
        changed = self._arrange(entry)
        self._static("title").update(_title(entry))
        self._alert(view)
        if is_paper(part):
            page = self._static("page")
            page.update(Paper(entry, page.size.width or self.size.width - 4).show())
            self.query_one(Aside).show(*beside(entry))
        else:
            self.draw_clock(entry)
            self._draw_table(entry)
        if self.query_one("#stand-right").display:
            self._draw_curve(entry, view)
        return changed

    def redraw(self) -> None:
        """In the sizes that the places have now."""
        if self._entry is not None:
            self.draw(self._entry)

    def draw_clock(self, entry: StandEntry) -> None:
        """What a second changes, and nothing else."""
        if is_paper(entry.part.id):
            return
        self._static("clock").update(StandView(entry).clock())
        if entry.part.id == "rest":
            self._draw_table(entry)

    def say(self, text: str, tone: str) -> None:
        self._static("note").update(literal(text, tone))

    def _arrange(self, entry: StandEntry) -> bool:
        """Which of the three columns are seen."""
        part, wide = entry.part.id, self.size.width >= WIDE
        page = entry.part.page.id if isinstance(entry.part, Questions) else ""
        if (part, page, wide) == self._arranged:
            return False
        self._arranged = (part, page, wide)
        self.query_one("#stand-left").display = not is_paper(part)
        self._static("page").display = is_paper(part)
        self.query_one(Aside).set_class(not is_paper(part) or part == "result", "-none")
        self.query_one("#stand-right").display = not is_paper(part) or (part == "result" and wide)
        return True

    def _draw_table(self, entry: StandEntry) -> None:
        table = self._static("table")
        if entry.part.id == "rest":
            table.update(StandView(entry).rest())
        else:
            table.update(StandTable(entry).draw(table.size.height or 12))

    def _draw_curve(self, entry: StandEntry, view: StandView) -> None:
        chart, says = self._static("curve"), self._static("says")
        chart.display = entry.live.run.standing_from is not None or entry.part.id == "result"
        says.display = entry.part.id != "result"
        if chart.display:
            chart.update(view.curve(chart.size.width or 40, chart.size.height or 10))
        says.update(view.says())

    def _alert(self, view: StandView) -> None:
        strip, text = self._static("alert"), view.alert()
        strip.display = bool(text.plain)
        strip.set_class(view.alert_kind == "stop", "-stop")
        self.query_one("#stand-body").set_class(bool(text.plain), "-alert")
        strip.update(text)

    def _static(self, name: str) -> Static:
        return self.query_one(f"#stand-{name}", Static)


def _title(entry: StandEntry) -> Content:
    protocol = entry.session.visit.value(at("protocol"))
    if entry.session.visit.value(at("screen")):
        return line(("3-minute pressure screen", "$accent bold"), (" · not a stand test", "$warning"))
    return line(("Standing test", "$accent bold"), (TITLES.get(protocol, ""), "$quiet"))
