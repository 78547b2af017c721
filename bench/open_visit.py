"""Opening a visit: how long it takes in a record of a million measurements.

    python bench/open_visit.py [--measurements 1000000]

Budget (design section 6): at most 50 ms.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from pathlib import Path

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from protocols.library import load

PER_VISIT = 125
TIMES = 60
ADD_MEASUREMENTS = """
    INSERT INTO measurement (id, visit, test, side, field, value, at, clinician)
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    SELECT ? || printf('%09d', n), ?, 'test' || (n / 2), 'left', 'value', n, '2026-11-01T09:00:00+00:00', 'M. Vogel'
    FROM number
"""


def main() -> None:
    """Print p50 and p95 of opening visits at random."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--measurements", type=int, default=1_000_000)
    many = wanted.parse_args().measurements
    middle, slow = measured(many)
    print(f"open a visit among {many} measurements: p50 {middle:.2f} ms, p95 {slow:.2f} ms (budget 50 ms)")


def measured(measurements: int, key: bytes | None = None) -> tuple[float, float]:
    """Milliseconds, median and 95th percentile, to open a visit in a record with so many measurements."""
    chance = random.Random(7)  # noqa: S311  (which visits to open, no secret)
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), measurements // PER_VISIT, chance, key)
        visits = [visit.id for patient in record.patients(limit=TIMES) for visit in record.visits(patient.id)]
        times = [timed(record, visit) for visit in chance.sample(visits, min(TIMES, len(visits)))]
        record.close()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def filled(folder: Path, visits: int, chance: random.Random, key: bytes | None = None) -> Record:
    """A record with so many visits, ten to a patient."""
    ids = Ids(lambda: time.time_ns() // 1_000_000, chance.getrandbits)
    record = open_record(folder, lambda: dt.datetime.now(dt.UTC), ids, key)
    library = load()
    with record.together():
        for number in range(visits):
            if number % 10 == 0:
                born = dt.date(1980, 1, 1)
                patient = record.add_patient(
                    family_name=f"Name{number}", given_name="X", birth_date=born, sex="F", code=f"P{number}"
                )
            visit = record.open_visit(patient.id, "M. Vogel", library)
            record._db.execute(ADD_MEASUREMENTS, [PER_VISIT, ids(), visit.id])
    return record


def timed(record: Record, visit: str) -> float:
    begun = time.perf_counter()
    record.visit(visit)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
