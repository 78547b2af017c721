"""The clinic's report says what was left out of the route and why, and calls a pressure screen what it is."""

from __future__ import annotations

import msgspec

from reports.content import Options
from reports.report_content import report
from tests.reports.papers import known, subject


def test_what_was_left_out_of_the_route_stands_with_its_reason() -> None:
    skipped = {"ll_rot": "cannot kneel", "@stand": "red flags, level 2", "removed_by_the_clinic": "why"}
    told = report(msgspec.structs.replace(subject(), skipped=skipped), known(), Options())
    name = known().tests["ll_rot"].name
    assert told.left_out[-2:] == (f"{name}: cannot kneel", "Stand test: red flags, level 2")


def test_a_pressure_screen_is_named_in_summary_and_facts() -> None:
    readings = {"supine": [[70, 120, 75]] * 2, "standing": [[1, 80, 118, 76], [3, 82, 118, 76]]}
    screened = report(subject(standing={"screen": True, **readings}), known(), Options())
    assert screened.stand is not None
    assert "3-minute pressure screen, not a stand test" in screened.summary
    assert "stage not known" in screened.stand.facts[0]
    assert "Lean test" not in screened.stand.facts[0]
    stood = report(subject(standing=readings), known(), Options())
    assert "pressure screen" not in stood.summary
