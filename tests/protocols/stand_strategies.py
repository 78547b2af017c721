"""Stand tests of every kind for hypothesis: gaps, early stops, lying readings that agree or do not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from protocols.case import BeatToBeat, Reading, Stand, Supine


def tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low * 10, high * 10).map(lambda tenth: Decimal(tenth) / 10)


hr, sbp, dbp = tenths(25, 250), tenths(50, 260), tenths(30, 160)
readings = st.builds(
    Reading,
    minute=st.integers(0, 12),
    hr=st.none() | hr,
    sbp=st.none() | sbp,
    dbp=st.none() | dbp,
    symptoms=st.none() | st.integers(0, 10),
    second=st.none(),
    gap=st.booleans(),
)
stands = st.builds(
    Stand,
    protocol=st.sampled_from(["lean", "active_stand"]),
    supine=st.lists(st.builds(Supine, hr=st.none() | hr, sbp=st.none() | sbp, dbp=st.none() | dbp), max_size=4).map(
        tuple
    )
    | st.builds(Supine, hr=hr, sbp=sbp, dbp=dbp).map(lambda one: (one, one)),
    standing=st.lists(readings, max_size=12, unique_by=lambda row: row.minute).map(tuple),
    upright_symptoms=st.none() | st.booleans(),
    peak_symptoms=st.none() | st.integers(0, 10),
    presyncope=st.booleans(),
    syncope=st.booleans(),
    symptom_months=st.none() | tenths(0, 24),
    medications=st.lists(st.sampled_from(["digoxin", "tea"]), max_size=2).map(tuple),
    confounders=st.lists(st.text(), max_size=1).map(tuple),
    stopped_min=st.none() | tenths(0, 10),
    dizzy_first_30s=st.booleans(),
    beat_to_beat=st.none()
    | st.builds(BeatToBeat, nadir_sbp=sbp, nadir_dbp=dbp, nadir_s=tenths(0, 60), recovered_s=tenths(0, 120)),
)
