"""Whether a test fails when a rule is changed: every change is tried alone, on a copy, against the tests of its place.

Code: comparisons, + - * /, and/or, not, min/max, numbers, True and False. Data: every number that decides, one step up
and one step down. A change no test notices survives and is printed; what survives and why stands in docs/exactness.md.

nice -n 15 python -m bench.mutate                    everything, two at a time
nice -n 15 python -m bench.mutate grades stand       the places whose name holds one of these words
nice -n 15 python -m bench.mutate --sample 200       so many of them, the same on every run
"""

from __future__ import annotations

import argparse
import ast
import compileall
import os
import py_compile
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

ROOT = Path(__file__).parents[1]
WANTED: Final = 0.95
CAP_S: Final = 60
"""A change that makes the tests use more of the processor than this has been noticed."""
WAIT_S: Final = 20 * CAP_S
"""And so has one that waits for ever."""
WORKERS: Final = 2

GRADING = (
    "grading",
    "change",
    "rule_edges",
    "stopped",
    "entry",
    "questionnaires",
    "items",
    "boundaries",
    "grading_general",
)
STAND = ("pressure_screen", *(f"stand_{room}" for room in ("pressure", "stage", "live", "run", "data", "general")))
STANDING = ("standing_cases", "rule_edges", "standing", *STAND)
FLAGS = ("red_flags", "concern_set", "flag_combinations")
NUMBERS = (*FLAGS, "vitals", "stop_rules")
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "protocols/grading.py": GRADING,
    "protocols/grades/*.py": GRADING,
    "protocols/standing.py": STANDING,
    "protocols/stand/*.py": STANDING,
    "protocols/red_flags.py": FLAGS,
    "protocols/vitals.py": ("vitals",),
    "protocols/stop_rules.py": ("stop_rules",),
    "protocols/data/red_flags.toml": NUMBERS,
    "protocols/data/stand_test.toml": STANDING,
    "protocols/data/tests/*.toml": ("reference_numbers", "questionnaires"),
}
"""Where rules stand, and which tests have to notice; the quickest first."""


class Mutant(NamedTuple):
    """One changed file."""

    path: str
    line: int
    what: str
    text: str
    tests: tuple[str, ...]


# -- changes to code -------------------------------------------------------------------------------------------------

COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""The next operator, which only a boundary tells, and the opposite."""
SWAPPED: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
Change = tuple[str, str, Any]
"""What is told, the field of the node, and what to put there."""


def of_code(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, what was changed, the whole changed source), one change each."""
    tree = ast.parse(source)
    for node in list(judging(tree)):
        for what, field, new in changes(node):
            old = getattr(node, field)
            setattr(node, field, new)
            yield getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree))
            setattr(node, field, old)


def judging(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that decide something: not types, not the options of a class, not `strict`."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns") or (isinstance(node, ast.ClassDef) and field in ("bases", "keywords")):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_type(child):
                yield from judging(child)


def _is_type(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Literal", "Callable", "tuple", "dict")


def changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    told = f"{type(op).__name__} -> {other.__name__}"
                    yield told, "ops", [*ops[:place], other(), *ops[place + 1 :]]
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in SWAPPED:
            other_op = SWAPPED[type(operator)]
            yield f"{type(operator).__name__} -> {other_op.__name__}", "op", other_op()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not dropped", "operand", ast.UnaryOp(ast.Not(), operand)
        case ast.Constant(value=bool(told_value)):
            yield f"{told_value} -> {not told_value}", "value", not told_value
        case ast.Constant(value=int(number) | float(number)):
            yield f"{number} -> {number + 1}", "value", number + 1
            yield f"{number} -> {number - 1}", "value", number - 1
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", "func", ast.Name(NAMES[name], ast.Load())


# -- changes to data -------------------------------------------------------------------------------------------------

DECIDES: Final = re.compile(
    r"\b(?:cuts|hard|ages|cap|excess|asymmetry|mdc|mdc_different|percent|percent_floor|at_least|value|first|last|level)"
    r" = (?P<value>[^#\n]*)"
)
NORMS: Final = re.compile(r"^\[\[norms\]\]\n(?:(?!\[).*\n)*", re.MULTILINE)
"""Shown as evidence, never graded by."""
NUMBER: Final = re.compile(r"(?<![\w.\"])-?\d+(?:\.\d+)?(?![\w.\"])")


def of_data(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, what was changed, the whole changed file), each number one step up and one step down."""
    found = re.search(r"^resolution = ([\d.]+)", source, re.MULTILINE)
    step = Decimal(found[1]) if found else None
    hidden = [range(*norm.span()) for norm in NORMS.finditer(source)]
    for entry in DECIDES.finditer(source):
        if any(entry.start() in norm for norm in hidden):
            continue
        for number in NUMBER.finditer(source, *entry.span("value")):
            old = Decimal(number[0])
            last_digit = Decimal((0, (1,), int(old.as_tuple().exponent)))
            by = last_digit if step is None or entry[0].startswith("ages") else step
            for new in (old + by, old - by):
                changed = f"{source[: number.start()]}{new}{source[number.end() :]}"
                yield source.count("\n", 0, entry.start()) + 1, f"{old} -> {new}", changed


# -- judging ---------------------------------------------------------------------------------------------------------


def mutants(words: list[str]) -> list[Mutant]:
    found = []
    for pattern, tests in PLACES.items():
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if not words or any(word in name for word in words):
                of = of_code if path.suffix == ".py" else of_data
                found += [Mutant(name, *one, tests) for one in of(path.read_text(encoding="utf-8"))]
    return found


def copied(room: str) -> Path:
    """A copy of the product and its tests, with the clinical reference beside it where there is one.

    Its bytecode is checked by the source's hash: a changed file of the same second and size is still read again.
    """
    root = Path(tempfile.mkdtemp(dir=room)) / "copy"
    for folder in ("protocols", "reports", "assess_tui", "tests", "bench"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "*.msgpack"))
    shutil.copy(ROOT / "pyproject.toml", root)
    if (ROOT.parent / "shared").exists():
        (root.parent / "shared").symlink_to(ROOT.parent / "shared")
    compile_knowledge = "from protocols.library import compile_bundled; compile_bundled()"
    subprocess.run([sys.executable, "-c", compile_knowledge], cwd=root, check=True)
    compileall.compile_dir(root, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    return root


_here: Path


def begin(room: str) -> None:
    """A worker: its own copy in `room`, and the libraries of the tests loaded once for all the runs forked from it."""
    global _here
    _here = copied(room)
    sys.dont_write_bytecode = False
    import hypothesis
    import msgspec  # noqa: F401
    import pytest  # noqa: F401

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, phases=phases, max_examples=60, deadline=None
    )
    hypothesis.settings.load_profile("mutants")


def noticed(mutant: Mutant) -> bool:
    """Whether the tests fail, or no longer end."""
    target = _here / mutant.path
    kept = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        run = get_context("fork").Process(target=_tests, args=(mutant.tests,))
        run.start()
        run.join(WAIT_S)
        if run.is_alive():
            run.kill()
            run.join()
        return run.exitcode != 0
    finally:
        target.write_text(kept, encoding="utf-8")


def _tests(names: tuple[str, ...]) -> None:
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (CAP_S, CAP_S))
    os.chdir(_here)
    sys.path[:] = [str(_here), *(path for path in sys.path if path not in ("", str(ROOT)))]
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    options = ["-x", "-o", "addopts=", "-m", "not soak", "-W", "ignore", "-p", "no:cacheprovider", "-p", "no:xdist"]
    passed = all(pytest.main([*options, f"tests/protocols/test_{name}.py"]) == 0 for name in names)
    os._exit(0 if passed else 1)


def main() -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("words", nargs="*", help="only files whose path holds one of these")
    reader.add_argument("--sample", type=int, default=0, help="try so many, chosen by chance")
    asked = reader.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the workers end with us
    every = mutants(asked.words)
    chosen = Random(95).sample(every, min(asked.sample, len(every))) if asked.sample else every  # noqa: S311  # the same each time, nothing secret
    chosen.sort(key=lambda mutant: (mutant.path, mutant.line))
    with tempfile.TemporaryDirectory() as room:
        return tried(chosen, len(every), room)


def tried(chosen: list[Mutant], of: int, room: str) -> int:
    """Try them, print each that survives as it does, then the shares; 0 where enough were noticed."""
    began = time.monotonic()
    seen: list[Mutant] = []
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), begin, (room,)) as pool:
        if any(pool.map(noticed, unchanged(chosen))):
            print("the tests fail on the unchanged product: mend that first")
            return 1
        for mutant, found in zip(chosen, pool.map(noticed, chosen), strict=True):
            if found:
                seen.append(mutant)
            else:
                print(f"survived  {mutant.path}:{mutant.line}  {mutant.what}  | {_line(mutant)}", flush=True)
    for place in PLACES:
        tries = [mutant in seen for mutant in chosen if Path(mutant.path).match(place)]
        if tries:
            print(f"{place:34} {sum(tries):5} of {len(tries):5} noticed")
    share, minutes = len(seen) / len(chosen), (time.monotonic() - began) / 60
    print(f"{len(seen)} of {len(chosen)} changes noticed, {share:.1%} ({of} possible), {minutes:.1f} min")
    return 0 if share >= WANTED else 1


def unchanged(chosen: list[Mutant]) -> list[Mutant]:
    """One for each set of tests, with the file as it is."""
    one_each = {mutant.tests: mutant for mutant in chosen}.values()
    return [mutant._replace(text=(ROOT / mutant.path).read_text(encoding="utf-8")) for mutant in one_each]


def _line(mutant: Mutant) -> str:
    return (ROOT / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()


if __name__ == "__main__":
    raise SystemExit(main())
