"""How long a visit is, and what that makes of the route.

30 minutes: the core tests, with a 3-minute pressure screen in place of the stand test. 45: the core tests with the
10-minute stand test. 60: as 45, and the extended tests of the regions where something was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from protocols.findings import Finding
from protocols.model import Library, Region, Station, Test

USUAL_LENGTH: Final = 45
"""Minutes, where nobody chose."""
SCREENED_TO: Final = 30
"""From this length down, the pressure screen stands in place of the stand test."""
EXTENDED_FROM: Final = 60
"""From this length up, extended tests are added by what was found."""
COMPLAINTS: Final[dict[str, Region]] = {"LBT": "trunk"}
"""The region to look at for a complaint that no test of a region raises."""
_STATIONS: Final[tuple[Station, ...]] = get_args(Station)
_NO_REGION: Final = ("whole", "standing")
_BEFORE_ALL: Final = 0


def by_findings(library: Library, findings: Iterable[Finding], main_problem: str | None = None) -> tuple[str, ...]:
    """The extended tests a long visit adds: those of a region where something was found, or that brings the patient.

    A test is added only where its station does not come before the one where the finding was raised, so that a
    patient who has left a position is not sent back to it. Questionnaires are never added by themselves.
    """
    known_from: dict[Region, int] = {}
    for code, place in _known(library, findings, main_problem):
        for region in regions_of(library, code):
            known_from[region] = min(place, known_from.get(region, place))
    return tuple(
        test.id
        for test in library.tests.values()
        if _may_be_added(test) and known_from.get(test.region, len(_STATIONS)) <= _STATIONS.index(test.station)
    )


def regions_of(library: Library, code: str) -> frozenset[Region]:
    """The regions a finding speaks of: those of its tests."""
    if code in COMPLAINTS:
        return frozenset({COMPLAINTS[code]})
    rule = library.findings.get(code)
    tests = [library.tests[test] for test in rule.tests if test in library.tests] if rule else []
    return frozenset(test.region for test in tests if test.region not in _NO_REGION)


def _known(library: Library, findings: Iterable[Finding], main_problem: str | None) -> Iterable[tuple[str, int]]:
    """Each finding with the place of the station where it was raised; what was told at the intake is known at once."""
    if main_problem is not None:
        yield main_problem, _BEFORE_ALL
    for finding in findings:
        raised = [library.tests[one].station if one in library.tests else None for one in finding.because]
        yield finding.code, min((_STATIONS.index(one) if one else _BEFORE_ALL for one in raised), default=_BEFORE_ALL)


def _may_be_added(test: Test) -> bool:
    return not test.core and test.kind in ("graded", "response") and test.station not in ("questions", "stand_test")
