"""Searching patients: how long a query takes among 1,000 and among 100,000 of them.

    python bench/search.py [--patients 100000]

Budget (design section 6): p95 at most 5 ms among 100,000, and at most 3 x its time among 1,000.
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
from protocols.model import Sex

SYLLABLES = "an bel cor da el fi gar hu in jo ka lu mar ni ol pe ri sa tor ur van wi xi ya zo łu ño é".split()  # noqa: SIM905
SEXES: tuple[Sex, ...] = ("F", "M", "X")
QUERIES = 400


def main() -> None:
    """Print p50 and p95 of mixed queries on both sizes, and their ratio."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--patients", type=int, default=100_000)
    many = wanted.parse_args().patients
    small, large = measured(1_000), measured(many)
    print(f"among {many:>7}: p50 {large[0]:.2f} ms, p95 {large[1]:.2f} ms (budget 5 ms)")
    print(f"among    1000: p50 {small[0]:.2f} ms, p95 {small[1]:.2f} ms")
    print(f"ratio of p95: {large[1] / small[1]:.2f} (budget 3)")


def measured(patients: int) -> tuple[float, float]:
    """Milliseconds, median and 95th percentile, of searches among this many invented patients."""
    chance = random.Random(7)  # noqa: S311  (invented names, no secret)
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), patients, chance)
        times = [timed(record, query(chance)) for _ in range(QUERIES)]
        record.close()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def filled(folder: Path, patients: int, chance: random.Random) -> Record:
    ids = Ids(lambda: time.time_ns() // 1_000_000, chance.getrandbits)
    record = open_record(folder, lambda: dt.datetime.now(dt.UTC), ids)
    with record.together():
        for number in range(patients):
            record.add_patient(
                family_name=name(chance).title(),
                given_name=name(chance).title(),
                birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(30_000)),
                sex=chance.choice(SEXES),
                code=f"P{number:06d}",
            )
    return record


def name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))


def query(chance: random.Random) -> str:
    """One, two or three letters of one or two names, a whole name, or the start of a code."""
    starts = [name(chance)[: chance.choice((1, 2, 3, 6))] for _ in range(chance.choice((1, 1, 2)))]
    return chance.choice((" ".join(starts), f"P0{chance.randrange(10_000):04d}"))


def timed(record: Record, search: str) -> float:
    """Milliseconds of one search, the best of three: what else the machine does is not its fault."""
    times: list[float] = []
    for _ in range(3):
        begun = time.perf_counter()
        record.patients(search)
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


if __name__ == "__main__":
    main()
