"""Whether a test is sound: its bands, cuts, limits, error figures and sources fit together."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from protocols.checks.problem import Fault, Faults
from protocols.checks.timing import sound_timing
from protocols.model import Band, Measure, Test

NAME_LENGTH: Final = 24
CUTS: Final[dict[str, int]] = {"hi": 2, "lo": 2, "band": 4}
SEXES: Final[tuple[Literal["F"], Literal["M"]]] = ("F", "M")


def sound_test(test: Test) -> Faults:
    """Every fault of one test."""
    yield from _names(test)
    yield from _numbers(test.measure) if test.measure.direction != "category" else _categories(test.measure)
    yield from _bands(test.measure)
    yield from _between_sides(test.measure)
    yield from _change(test.measure)
    yield from _devices(test.measure)
    yield from sound_timing(test)
    yield from _sources(test)


def _names(test: Test) -> Faults:
    if len(test.name) > NAME_LENGTH:
        yield Fault("name", "name_long", f"{len(test.name)} characters; at most {NAME_LENGTH} fit in a list")
    if not test.steps:
        yield Fault("steps", "no_steps", "a test needs at least one step")


def _categories(measure: Measure) -> Faults:
    if "W" not in measure.categories.values():
        yield Fault("measure.categories", "no_within", "no category is W, within reference")
    if measure.bands:
        yield Fault("measure.bands", "bands_of_category", "a test by category has no bands")


def _numbers(measure: Measure) -> Faults:
    if measure.categories:
        yield Fault("measure.categories", "categories_of_number", 'categories need direction = "category"')
    if measure.hard is None:
        yield Fault("measure.hard", "no_limits", "a number needs hard limits: hard = [lowest, highest]")
        return
    low, high = measure.hard
    if low >= high:
        yield Fault("measure.hard", "limits_order", f"the lower limit {low} is not below the upper limit {high}")
    inside = [("cap", measure.cap), *((f"excess.{row}", value) for row, value in measure.excess.items())]
    inside += [(f"levels[{place}]", one.at_least) for place, one in enumerate(measure.levels)]
    for name, value in inside:
        if value is not None and not low <= value <= high:
            yield Fault(f"measure.{name}", "outside_limits", f"{value} lies outside the hard limits {low} to {high}")
    if measure.resolution is not None and measure.resolution <= 0:
        yield Fault("measure.resolution", "resolution", "the resolution must be above 0")
    if measure.trials > 1 and measure.summary == "single":
        yield Fault("measure.summary", "no_summary", f"{measure.trials} trials need a summary: mean or best")
    if any(one.at_least >= other.at_least for one, other in pairwise(measure.levels)):
        yield Fault("measure.levels", "levels_order", "levels must rise")


# -- bands ---------------------------------------------------------------------------------------------------------


def _bands(measure: Measure) -> Faults:
    for place, band in enumerate(measure.bands):
        if band.ages[0] > band.ages[1]:
            yield Fault(f"measure.bands[{place}].ages", "ages_order", f"{_ages(band)}: the first age is the older one")
        if measure.direction in CUTS:
            yield from _cuts(measure, band, f"measure.bands[{place}].cuts")
    for sex in SEXES:
        yield from _ages_covered([band for band in measure.bands if band.sex in ("*", sex)], sex)


def _cuts(measure: Measure, band: Band, place: str) -> Faults:
    wanted = CUTS[measure.direction]
    if len(band.cuts) != wanted:
        yield Fault(place, "cuts_number", f"{measure.direction} takes {wanted} cuts, got {len(band.cuts)}")
        return
    rising = band.cuts if measure.direction != "hi" else band.cuts[::-1]
    if any(one > other for one, other in pairwise(rising)):
        order = "fall: (within, restricted)" if measure.direction == "hi" else "rise"
        yield Fault(place, "cuts_order", f"{_listed(band.cuts)}: the cuts of {measure.direction} must {order}")
    if measure.hard is None:
        return
    low, high = measure.hard
    reached = (
        band.cuts[1:-1] if measure.direction == "band" else band.cuts
    )  # an outer border beyond them is an open end
    outside = [cut for cut in reached if not low <= cut <= high]
    if outside:
        yield Fault(place, "cut_outside_limits", f"{_listed(outside)} lies outside the hard limits {low} to {high}")


def _ages_covered(bands: list[Band], sex: str) -> Faults:
    for one, other in pairwise(sorted(bands, key=lambda band: band.ages)):
        if other.ages[0] <= one.ages[1]:
            yield Fault("measure.bands", "bands_overlap", f"{_ages(one)} and {_ages(other)} overlap for sex {sex}")
        elif other.ages[0] > one.ages[1] + 1:
            yield Fault("measure.bands", "bands_gap", f"no band between {_ages(one)} and {_ages(other)} for sex {sex}")


def _ages(band: Band) -> str:
    return f"{band.ages[0]}-{band.ages[1]}"


def _listed(numbers: Iterable[Decimal]) -> str:
    return ", ".join(map(str, numbers))


# -- differences and sources ---------------------------------------------------------------------------------------


def _between_sides(measure: Measure) -> Faults:
    limit = measure.asymmetry
    if limit is None:
        return
    if measure.sides != "LR":
        yield Fault("measure.asymmetry", "asymmetry_one_side", 'only a test with sides = "LR" has an asymmetry')
    if limit <= 0:
        yield Fault("measure.asymmetry", "asymmetry", "the asymmetry must be above 0")
    error = max(measure.change.mdc.values(), default=Decimal(0)) if measure.change else Decimal(0)
    if limit < error:
        yield Fault(
            "measure.asymmetry", "asymmetry_noise", f"{limit} lies below the error {error}: noise would be flagged"
        )


def _change(measure: Measure) -> Faults:
    change = measure.change
    if change is None:
        return
    if not change.mdc or min(change.mdc.values()) <= 0:
        yield Fault("measure.change.mdc", "mdc", "the smallest real difference must be above 0")
    if change.mdc_different is not None and change.mdc_different <= 0:
        yield Fault("measure.change.mdc_different", "mdc", "the smallest real difference must be above 0")
    if (change.percent is None) != (change.percent_floor is None):
        yield Fault("measure.change", "percent", "percent and percent_floor stand together or not at all")


def _devices(measure: Measure) -> Faults:
    if len(set(measure.devices)) < len(measure.devices):
        yield Fault("measure.devices", "device_twice", "name each kind of device once, the usual one first")


def _sources(test: Test) -> Faults:
    if not test.evidence.basis:
        yield Fault(
            "evidence.basis", "no_source", "say what the cut stands on: published, derived, clinic_rule or memory"
        )
    if not any(source.strip() for source in test.evidence.sources):
        yield Fault("evidence.sources", "no_source", "name at least one source")
    for place, norm in enumerate(test.norms):
        if not norm.source.strip():
            yield Fault(f"norms[{place}].source", "no_source", "a norm needs its source")
        if norm.sd is not None and norm.sd <= 0:
            yield Fault(f"norms[{place}].sd", "sd", "an SD must be above 0")
