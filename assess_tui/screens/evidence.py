"""What stands behind a test: norm, cut, error, basis, sources."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.base import Dialog
from assess_tui.session import VisitSession
from assess_tui.text import line, literal
from protocols.agreement import own_error
from protocols.grading import reference_words, with_unit
from protocols.model import Basis, Test
from protocols.origin import origin

BASIS: dict[Basis, str] = {
    "published": "published cut-off",
    "derived": "derived from published figures",
    "clinic_rule": "clinic rule: no published cut-off",
    "memory": "from memory, to be verified against the paper",
}
KIND = {
    "F": "found in a paper",
    "D": "derived",
    "M": "from memory, to be verified",
    "C": "clinic rule, never proof of improvement",
}


class EvidenceDialog(Dialog[None]):
    """One page for one or more tests, scrolled with the arrows."""

    def __init__(self, session: VisitSession, *tests: Test) -> None:
        super().__init__()
        self._pages = [(test.title, self._rows(test, session)) for test in tests]

    @staticmethod
    def _rows(test: Test, session: VisitSession) -> list[Content]:
        reference = reference_words(test, session.patient.sex, session.age)
        return rows(test, reference, origin(test, session.library), own_error(test, session.read_twice(test)))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="evidence"):
            for title, said in self._pages:
                yield Static(literal(title, "$accent bold"))
                yield Static(Content("\n").join([*said, Content("")]))
            yield Static(literal("Up and Down scroll   Esc closes this", "$quiet"))

    def on_mount(self) -> None:
        self.query_one("#evidence").focus()


def rows(test: Test, reference: str, comes_from: str, own: str = "") -> list[Content]:
    """Label and text, each label in its own colour and word."""
    evidence = test.evidence
    said: tuple[tuple[str, str], ...] = (
        ("for", test.purpose),
        ("reference", f"{reference}, for this age and sex" if reference else "none for this age and sex"),
        ("basis", "; ".join(BASIS[basis] for basis in evidence.basis)),
        ("cut", evidence.cut),
        ("error", _error(test)),
        ("this clinic", own),
        ("norm", evidence.norm),
        ("reliability", evidence.reliability),
        ("claim", evidence.claim),
        ("means", test.meaning),
        ("watch for", "; ".join(test.watch)),
        ("skip or stop", "; ".join(test.skip)),
        ("sources", "; ".join(evidence.sources)),
        ("from", comes_from),
    )
    return [line("\n", (f"{label}  ", "$accent"), text) for label, text in said if text]


def _error(test: Test) -> str:
    change = test.measure.change
    if change is None:
        return "no error data: a change is described only"
    unit = test.measure.unit
    least = " / ".join(
        f"{with_unit(value, unit)}{'' if sex == '*' else ' ' + sex}" for sex, value in change.mdc.items()
    )
    other = f"; another rater {with_unit(change.mdc_different, unit)}" if change.mdc_different is not None else ""
    return f"a change counts from {least}{other} ({KIND[change.kind]})"
