"""The file of settings and the keys in force, in plain lines: without Textual, and without the record."""

from __future__ import annotations

import sys

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder
from assess_tui.keyboard.keymap import DECLARED, Keymap, declared, resolve
from assess_tui.keyboard.keys import KEYS, NAMES
from assess_tui.keyboard.names import spelled
from assess_tui.keyboard.words import with_keys
from assess_tui.settings import CHOICES, FILE, TABLES, Held, Trouble, read, told

BAD_INPUT = 2


def show(options: Asked) -> int:
    """What is in force, one setting a line, and where the file is."""
    folder = data_folder(options)
    held = read(folder)
    lines = [f"{choice.id} = {told(choice.of(held.settings))}" for choice in CHOICES]
    for table in TABLES:
        lines += [f'{table}."{name}" = {told(value)}' for name, value in getattr(held.settings, table).items()]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    troubles = _troubles(held, resolve(held.settings))
    where = folder / FILE
    notes = [f"file: {where}" + ("" if where.exists() else " (none yet; `assess-tui settings write` makes one)")]
    if troubles:
        notes.append(f"{len(troubles)} not in force; `assess-tui settings check` says which and why")
    sys.stderr.writelines(f"{note}\n" for note in notes)
    return 0


def check(options: Asked) -> int:
    """Everything wrong in the file, one a line."""
    folder = data_folder(options)
    held = read(folder)
    troubles = _troubles(held, resolve(held.settings))
    sys.stdout.writelines(f"{trouble}\n" for trouble in troubles)
    if not troubles:
        words = "nothing wrong" if (folder / FILE).exists() else "there is no file; the defaults hold"
        sys.stderr.write(f"{folder / FILE}: {words}\n")
    return BAD_INPUT if troubles else 0


def write(options: Asked) -> int:
    """A starting file that changes nothing, where there is none."""
    from assess_tui.settings_file import write_start

    folder = data_folder(options)
    made = write_start(folder)
    words = "written; every line in it is a comment" if made else "there is one already, and it was left as it is"
    sys.stderr.write(f"{folder / FILE}: {words}\n")
    return 0


def _troubles(held: Held, keymap: Keymap) -> list[Trouble]:
    return [*held.troubles, *keymap.troubles]


def keymap(options: Asked) -> int:
    """The keys in force by place: id, keys, what they do."""
    found = resolve(read(data_folder(options)).settings)
    sys.stdout.write(markdown(found) if options.markdown else _plain(found))
    return 0


def _plain(found: Keymap) -> str:
    """One key a line; a star marks what the settings changed."""
    lines: list[str] = []
    for place, title in NAMES.items():
        lines += [*([""] if lines else []), title]
        for key in KEYS[place]:
            star = "*" if found.keys[key.id] != declared(key.id) else " "
            lines.append(f" {star} {key.id:<22} {found.all_shown(key.id):<16} {_help(found, key.id)}")
    return "\n".join(lines) + "\n"


def markdown(found: Keymap) -> str:
    """The list of keys as the documentation has it."""
    lines = ["# Keys", "", *ABOUT]
    for place, title in NAMES.items():
        lines += ["", f"## {title}", "", "| Key | What it does | Id |", "|---|---|---|"]
        lines += [f"| {_cell(found.all_shown(key.id))} | {_help(found, key.id)} | `{key.id}` |" for key in KEYS[place]]
    return "\n".join(lines) + "\n"


ABOUT = (
    "Made by `assess-tui keymap --markdown`. F1 or `?` on a screen lists the keys in force there. Each can be put",
    "elsewhere by its id; [Using assess-tui](therapist.md#your-keys) says how.",
)


def _help(found: Keymap, name: str) -> str:
    """What it does; a key that is named there is the one in force."""
    return with_keys(DECLARED[name].help, lambda named: spelled(found.keys[named][0]))


def _cell(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.replace("|", "\\|").split(" "))
