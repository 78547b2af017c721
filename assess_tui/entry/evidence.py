"""What stands behind a test, in labelled texts: norm, cut, error, basis, sources. No screen."""

from __future__ import annotations

from assess_tui.entry.step import COMPUTED_WITH
from assess_tui.visit.session import VisitSession
from protocols.agreement import own_error
from protocols.grading import reference_words, with_unit
from protocols.model import Basis, Library, Test
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


def facts(session: VisitSession, test: Test) -> tuple[tuple[str, str], ...]:
    """Label and text of everything known about a test, for the patient of this visit."""
    reference = reference_words(test, session.patient.sex, session.age)
    evidence = test.evidence
    said = (
        ("for", test.purpose),
        ("reference", f"{reference}, for this age and sex" if reference else "none for this age and sex"),
        ("basis", "; ".join(BASIS[basis] for basis in evidence.basis)),
        ("cut", evidence.cut),
        ("error", _error(test)),
        ("this clinic", own_error(test, session.read_twice(test))),
        ("norm", evidence.norm),
        ("reliability", evidence.reliability),
        ("claim", evidence.claim),
        ("means", test.meaning),
        ("watch for", "; ".join(test.watch)),
        ("skip or stop", "; ".join(test.skip)),
        ("sources", "; ".join(evidence.sources)),
        ("from", origin(test, session.library)),
    )
    return tuple((label, text) for label, text in said if text)


def behind(library: Library, test: Test | None) -> tuple[Test, ...]:
    """The tests whose grades a step gives: its own, what is computed with it; of the stand test those it makes."""
    if test is None:
        return tuple(one for one in library.tests.values() if one.station == "stand_test")
    computed = library.tests.get(COMPUTED_WITH.get(test.id, ""))
    return (test, computed) if computed is not None else (test,)


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
