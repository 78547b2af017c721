"""How many visits `interpret` answers in a second: varied lines, on one core, from text to text.

python -m bench.interpret
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from typing import Any, Final

from protocols import library
from protocols.interchange import interpret_lines
from protocols.model import Library, Test

BUDGET: Final = 200
"""Lines a second, at least."""
LINES: Final = 3_000
MINUTES: Final = (1, 2, 3, 5, 7, 10)
Line = dict[str, Any]


def main() -> None:
    known = library.load()
    lines = list(varied_lines(LINES, known))
    spent = [_milliseconds(line, known) for line in lines]
    began = time.process_time()
    answers = [json.loads(answer) for answer, _ in interpret_lines(lines, known)]
    speed = LINES / (time.process_time() - began)
    stands, plans = (sum(1 for answer in answers if _has(answer, what)) for what in ("standing", "plan"))
    print(f"{LINES} lines, {stands} with a stand test, {plans} with exercises, {_refused(answers)} refused")
    print(f"one line: median {median(spent):.2f} ms, p95 {quantiles(spent, n=20)[-1]:.2f} ms, most {max(spent):.1f} ms")
    print(f"interpret: {speed:.0f} lines/s on one core, {speed / BUDGET:.1f} x the budget of {BUDGET}")


def varied_lines(count: int, known: Library, seed: int = 200) -> Iterator[str]:
    """Visits from three tests to forty, most with a stand test, many with a visit before, some with red flags."""
    chance = Random(seed)  # noqa: S311  # the same visits on every run
    for number in range(count):
        yield json.dumps(_line(number, chance, known))


def _line(number: int, chance: Random, known: Library) -> Line:
    line: Line = {
        "ref": number,
        "date": "2026-11-01",
        "patient": {"age": chance.randint(16, 88), "sex": chance.choice("FMX")},
        "tests": _tests(chance, known),
        "minutes": chance.choice((5, 10, 15, 20)),
        "precautions": chance.sample([*known.precautions], chance.randint(0, 2)),
        "medical_clearance": chance.choice((None, {"by": "Dr Lee", "date": "2026-10-20"})),
    }
    if chance.random() < 0.1:
        line["red_flags"] = chance.sample([flag.id for flag in known.red_flags.flags], chance.randint(1, 3))
    if chance.random() < 0.7:
        line["standing"] = _stand(chance)
    if chance.random() < 0.5:
        line["previous"] = {"date": "2026-09-20", "same_rater": True, "tests": _tests(chance, known)}
    return line


def _tests(chance: Random, known: Library) -> Line:
    some = chance.sample([*known.tests.values()], chance.randint(3, 40))
    return {test.id: _entry(test, chance) for test in some}


def _entry(test: Test, chance: Random) -> Line:
    sides = {"LR": ("left", "right"), "one": ("value",), "pre_post": ("pre", "post")}[test.measure.sides]
    entry: Line = {}
    for side in sides:
        if test.measure.trials > 1 and chance.random() < 0.5:
            entry[f"{side}_trials"] = [_value(test, chance) for _ in range(test.measure.trials)]
        else:
            entry[side] = _value(test, chance)
    return entry


def _value(test: Test, chance: Random) -> float | str:
    if test.measure.categories:
        return chance.choice([*test.measure.categories])
    low, high = test.measure.hard or (0, 100)
    return round(chance.uniform(float(low), float(high)), 1)


def _stand(chance: Random) -> Line:
    lying, pressure = chance.randint(55, 95), chance.randint(95, 160)
    rise, fall = chance.randint(0, 50), chance.randint(-10, 35)
    return {
        "protocol": chance.choice(("lean", "active_stand")),
        "supine": [[lying, pressure, 72], [lying + chance.randint(-3, 3), pressure, 70]],
        "standing": [
            [minute, lying + chance.randint(0, rise), pressure - chance.randint(min(0, fall), max(0, fall)), 70]
            for minute in MINUTES
        ],
        "upright_symptoms": chance.choice((True, False, None)),
        "symptom_months": chance.choice((None, 1, 8)),
        "stopped_min": chance.choice((None, None, 4)),
    }


def _milliseconds(line: str, known: Library) -> float:
    began = time.perf_counter()
    next(interpret_lines([line], known))
    return (time.perf_counter() - began) * 1000


def _has(answer: Line, what: str) -> bool:
    return bool(answer.get(what)) and (what != "plan" or bool(answer["plan"]["exercises"]))


def _refused(answers: list[Line]) -> int:
    return sum("error" in answer for answer in answers)


if __name__ == "__main__":
    main()
