"""Sentences name the keys in force: no text of the screens names a key literally, and every `{id}` is filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import assess_tui
from assess_tui.keyboard.keymap import DECLARED, action, resolve
from assess_tui.keyboard.keys import KEYS, TOGETHER
from assess_tui.keyboard.names import spelled
from assess_tui.keyboard.words import key_of, keys_of, put_in_force, sign, sign_of, with_keys
from assess_tui.settings import Hands, Settings

SOURCE = Path(assess_tui.__file__).parent
OTHERS = ("plain", "commands", "storage", "sample", "keyboard")
"""Line by line, before any screen, or about the keys themselves: no setting changes these words and letters."""
ABOUT_KEYS = {"cli.py", "glyphs.py", "settings.py", "settings_file.py"}
NAMES_A_KEY = re.compile(
    r"\bF1?\d\b"  # F4
    r"|\b(?:Enter|Esc|Space|Backspace|Tab|PgUp|PgDn|PageUp|PageDown|Ctrl\+\w)\b"
    r"|\bUp and Down\b|\bup and down\b|[⏎⌫]|(?<=[ .])[←→↑↓](?= )"
    r"|(?:^|(?<=[.;:,] )|(?<=  )|(?<=press )|(?<=or )|(?<=and ))[b-z?/=+-](?:(?= [a-z]{2,}\b)|(?=: ))"
    r"|\ba (?:adds?|names)\b"
    r"|\([a-z?/=+-]\)"  # (c)
    r"|^\s*[a-z?/=] {1,2}$"  # "n  " before its word
)
NAMED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
ALLOWED = {
    # what a list, a field or a page has of its own; no id puts it elsewhere
    "Up and Down scroll": "pages scroll so",
    "Up and Down change": "fields of the card editor",
    "Up and Down.": "fields of the card editor",
    "Up and Down: ": "fields of the card editor",
    "0-9 ↑ ↓": "while a dose is typed all keys are its own",
    "Tab, Enter and Shift+Tab": "fields of the card editor",
    "PgDn and PgUp from heading": "fields of the card editor",
    "y: they lost consciousness": "the card of a faint has one letter, and asks for it by name",
}
FIXED = ("Tab", "Esc", "= ", " → ", " / ")
"""Alone: beside what they do while a dose is typed, and signs that are no keys."""
FILLED_LATER = {
    "Page": "the hint of a page, filled where it is drawn",
    "MessageDialog": "the line at its foot, filled by the dialog",
    "help_text": "filled by the help",
    "CLOSED": "part of a sentence that is filled where it is drawn",
}
TABLES = {"STOPS", "DOSING", "_WORDS", "_NUMBERS", "WHERE"}
"""Sentences by place or step; filled one at a time where they are shown."""


def texts() -> Iterator[tuple[str, str]]:
    """Every string of the instrument's screens, with where it stands; no docstrings."""
    for file in sorted(SOURCE.rglob("*.py")):
        within = file.relative_to(SOURCE)
        if within.parts[0] in OTHERS or within.name in ABOUT_KEYS:
            continue
        tree = ast.parse(file.read_text())
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        said |= {id(node.format_spec) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield f"{within}:{node.lineno}", node.value


def names_a_key(text: str) -> bool:
    left = text
    for allowed in ALLOWED:
        left = left.replace(allowed, "")
    return bool(NAMES_A_KEY.search(left)) and text not in FIXED


def test_no_sentence_names_a_key_that_may_be_another() -> None:
    assert [(where, text) for where, text in texts() if names_a_key(text)] == []


@pytest.mark.parametrize(
    "said",
    ["F8 makes the letter.", "u takes it back.", "Done. n leaves it out.", "Press y or n now", "more: PgDn", "n  "],
)
def test_a_sentence_that_names_a_key_is_noticed(said: str) -> None:
    assert names_a_key(said)


def test_what_is_allowed_is_still_said_somewhere() -> None:
    said = [text for _, text in texts()]
    assert [allowed for allowed in ALLOWED if not any(allowed in text for text in said)] == []


def test_every_id_in_a_sentence_is_one() -> None:
    named = [(where, name) for where, text in texts() for name in NAMED.findall(text)]
    helps = [(key.id, name) for key in DECLARED.values() for name in NAMED.findall(key.help)]
    assert len(named) > 50
    assert [(where, name) for where, name in (*named, *helps) if name not in DECLARED] == []


# -- every one is filled -----------------------------------------------------------------------------------------------


def test_every_sentence_with_an_id_is_filled_before_it_is_shown() -> None:
    files = [file for file in SOURCE.rglob("*.py") if file.parent.name != "keyboard" and file.name not in ABOUT_KEYS]
    trees = {file: ast.parse(file.read_text()) for file in files}
    constants = {(file, name) for file, tree in trees.items() for name in _constants(tree)}
    assert len(constants) > 20
    assert [place for file, tree in trees.items() for place in _unfilled(file, tree, constants)] == []


def _constants(tree: ast.Module) -> Iterator[str]:
    """Names of the module whose text holds an id."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _holds_an_id(node.value):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id not in TABLES:
                yield target.id


def _holds_an_id(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) and NAMED.search(one.value)
        for one in ast.walk(node)
    )


def _unfilled(file: Path, tree: ast.Module, constants: set[tuple[Path, str]]) -> Iterator[str]:
    """Where a sentence with an id is used outside `with_keys(...)` and `keyed(...)`."""
    known = {name for where, name in constants if where == file}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assess_tui."):
            there = SOURCE.joinpath(*(node.module or "").split(".")[1:]).with_suffix(".py")
            known |= {one.asname or one.name for one in node.names if (there, one.name) in constants}
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        used = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in known
        typed = isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.search(node.value)
        if (used or typed) and not any(_fills(one) for one in _around(node, above)):
            yield f"{file.relative_to(SOURCE)}:{node.lineno}"  # type: ignore[attr-defined]  # both kinds have a line


def _around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    yield node
    while node in above:
        node = above[node]
        yield node


def _fills(node: ast.AST) -> bool:
    """Whether what stands inside is filled: by `with_keys` or `keyed`, or later, where this is drawn."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.arg | ast.arguments):
        return True  # a constant or a local name: judged where it is used
    called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    name = node.id if isinstance(node, ast.Name) else called
    return name in ("with_keys", "keyed") or name in FILLED_LATER


# -- in force ----------------------------------------------------------------------------------------------------------


def test_a_sentence_names_the_key_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "{step.undo} takes it back, {step.next} goes on, {not.an.id} {x}."
    assert with_keys(said) == "u takes it back, Enter goes on, {not.an.id} {x}."
    assert (sign_of("step.next"), sign_of("app.help"), key_of("app.help")) == ("⏎", "?", "F1")
    put_in_force({"step.undo": "Z,u", "step.next": "space,enter"})
    assert with_keys(said).startswith("Z takes it back, Space goes on")
    assert (sign_of("step.next"), keys_of("step.next")) == ("Space", ("space", "enter"))
    put_in_force({}, in_words=True)  # where signs cannot be drawn
    assert (sign_of("step.next"), sign_of("stand.back"), sign("backspace")) == ("Enter", "Left", "Backspace")
    put_in_force({})
    assert (key_of("step.undo"), sign("enter", "⏎"), sign("f1", "?")) == ("u", "⏎", "?")


PLACES = {
    "step": ("screens/step.py", "views/step.py", "entry/step.py", "entry/timer.py", "views/timer.py"),
    "stand": ("screens/stand.py", "screens/stand_face.py", "views/stand*.py", "entry/stand/*.py"),
    "flags": ("screens/flags.py",),
    "plan": ("screens/plan.py", "views/plan.py", "entry/plan.py"),
    "intake": ("screens/intake.py", "entry/intake.py"),
    "follow": ("screens/follow.py", "views/follow.py", "entry/follow.py"),
    "proposals": ("screens/proposals.py", "views/proposals.py", "entry/proposals.py"),
    "findings": ("screens/findings.py", "views/findings.py"),
    "paper": ("screens/paper.py", "views/paper.py"),
}
FROM_ELSEWHERE = {"plan.from_last", "flags.raise_level"}
"""Named with the place they are keys of: "l on the plan comes back here", "F3, + raises the level"."""
ASKED = re.compile(r"""(?:key_of|sign_of|keys_of|_key)\(['"]([a-z_]+\.[a-z_]+)['"]|\{([a-z_]+\.[a-z_]+)\}""")


@pytest.mark.parametrize("layout", ["both", "left", "right"])
@pytest.mark.parametrize("place", PLACES)
def test_every_key_a_place_names_works_there(place: str, layout: str) -> None:
    keymap = resolve(Settings(hands=Hands(layout)))  # type: ignore[arg-type]  # the three of the file
    put_in_force(keymap.changed())
    group = next(group for group in TOGETHER if group[0] == place)
    there = {spelled(one): key.id for name in group for key in KEYS[name] for one in keymap.keys[key.id]}
    named = {name for name in _named_in(place) if name not in FROM_ELSEWHERE or name.startswith(f"{place}.")}
    assert len(named) > 1
    for name in named:
        if not name.startswith("dialog."):
            assert action(there[key_of(name)]) == action(name), name


def _named_in(place: str) -> Iterator[str]:
    for pattern in PLACES[place]:
        for file in SOURCE.glob(pattern):
            for called, braced in ASKED.findall(file.read_text()):
                assert not called or called in DECLARED, called
                if called or braced in DECLARED:
                    yield called or braced
