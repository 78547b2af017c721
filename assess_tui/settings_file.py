"""Writes the file of settings: a starting file, and one choice at a time with all else left as the person wrote it."""

from __future__ import annotations

from pathlib import Path

from assess_tui.settings import CHOICES, FILE, Choice, Held, Settings, Value, changed, expected, parse, told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.private_file import write_whole


def start_text() -> str:
    """A file that says what there is and changes nothing: every line is a comment."""
    lines = [
        "# What you prefer at this computer. A line counts once the # before it is gone.",
        "# `assess-tui settings check` says what is wrong in this file, `assess-tui keymap` lists keys and their ids.",
    ]
    for section in dict.fromkeys(choice.section for choice in CHOICES):
        lines += ["", f"[{section}]"]
        for choice in CHOICES:
            if choice.section == section:
                lines += [f"# {choice.says}: {expected(choice)}", f"# {choice.name} = {told(choice.of(Settings()))}"]
    lines += ["", "[keys]", "# other keys for an action, by its id, with commas between them"]
    lines += ['# "step.undo" = "u,backslash"']
    lines += ["", "[pedals]", "# what the key of a pedal or presenter does; next is what Enter does, wherever you are"]
    lines += ['# f13 = "next"', '# f14 = "step.other"']
    return "\n".join(lines) + "\n"


def write_start(folder: Path) -> bool:
    """Put the starting file there, unless there is one; says whether it did. Raises StorageError."""
    if (folder / FILE).exists():
        return False
    _write(folder, start_text())
    return True


def choose(folder: Path, choice: Choice, value: Value) -> Held:
    """Write one choice into the file, all else in it as it was; returns what then holds. Raises StorageError."""
    path = folder / FILE
    try:
        text = path.read_text("utf-8-sig") if path.exists() else start_text()
    except (OSError, UnicodeDecodeError) as error:
        raise _unwritten("it cannot be read as text") from error
    before = parse(text)
    if any(not trouble.key for trouble in before.troubles):
        raise _unwritten("it is no TOML")
    text = with_line(text, choice.section, choice.name, told(value))
    after = parse(text)
    if after.settings != changed(before.settings, choice, value):
        raise _unwritten("its lines are laid out in a way that is not understood here")
    _write(folder, text)
    return after


def _unwritten(why: str) -> StorageError:
    return StorageError(
        "The setting was not kept",
        f"{FILE} was left as it is: {why}. Change it in an editor; `assess-tui settings check` says what is wrong.",
    )


def with_line(text: str, section: str, name: str, value: str) -> str:
    """The text with `name = value` in the section: in the place of its line, else as the section's first line."""
    lines = text.splitlines()
    begins = next((i for i, line in enumerate(lines) if _heading(line) == section), None)
    if begins is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{section}]", f"{name} = {value}"]) + "\n"
    ends = next((i for i in range(begins + 1, len(lines)) if lines[i].lstrip().startswith("[")), len(lines))
    own = [i for i in range(begins + 1, ends) if _name(lines[i]) == name]
    asleep = [i for i in range(begins + 1, ends) if _name(lines[i].lstrip().removeprefix("#")) == name]
    if own:
        comment = lines[own[0]].partition("#")
        lines[own[0]] = f"{name} = {value}" + (f"  #{comment[2]}" if comment[1] else "")
    elif asleep:
        lines[asleep[0]] = f"{name} = {value}"
    else:
        lines.insert(begins + 1, f"{name} = {value}")
    return "\n".join(lines) + "\n"


def _heading(line: str) -> str:
    bare = line.partition("#")[0].strip()
    return bare[1:-1].strip() if bare.startswith("[") and bare.endswith("]") else ""


def _name(line: str) -> str:
    return line.partition("=")[0].strip() if "=" in line else ""


def _write(folder: Path, text: str) -> None:
    write_whole(folder / FILE, text.encode())
