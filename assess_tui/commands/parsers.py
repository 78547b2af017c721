"""What each command takes, and which function answers it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from assess_tui.commands.command_line import a_path
from assess_tui.commands.errors import BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """One line for a wrong command line, instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


def every_command(shared: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """All commands, each with the `shared` options."""
    parser = _Parser(
        prog="assess-tui",
        parents=[shared],
        description="A whole-body physiotherapy screen in the terminal. Without a command, the instrument opens.",
        epilog="Exit status: 0 done, 2 bad input, 1 anything else.",
    )
    parser.add_argument(
        "--version",
        dest="answered_by",
        action="store_const",
        const="commands.about:version",
        help="print version, knowledge and intended use",
    )
    add = _adder(parser.add_subparsers(title="commands", metavar="COMMAND"), shared)
    add("demo", "commands.screens:demo", "open the instrument on a throw-away sample clinic")
    _add_visit_commands(add)
    _add_library_commands(add, shared)
    _add_key_commands(add, shared)
    _add_record_commands(add)
    _add_settings_commands(add, shared)
    _add_person_commands(add)
    return parser


_Add = Callable[..., argparse.ArgumentParser]


def _adder(commands: Any, shared: argparse.ArgumentParser) -> _Add:
    def add(name: str, answered_by: str, words: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(name, parents=[shared], help=words, description=words)
        command.set_defaults(answered_by=answered_by)
        return command

    return add


def _add_visit_commands(add: _Add) -> None:
    line = add("interpret", "commands.lines:interpret", "grade and plan JSON Lines; stores nothing")
    line.add_argument("file", nargs="?", default="-", metavar="FILE", help="the lines; - or nothing for standard input")
    line = add("import", "commands.lines:import_visit", "store one visit, or take in what another record exported")
    line.add_argument(
        "file", metavar="FILE", help="a line of interpret with a named patient, or an export; - for standard input"
    )

    found = add("findings", "commands.visits:findings", "what a stored visit found")
    _visit(found)
    found.add_argument("--json", action="store_true", help="in the shape of interpret's answer, without the plan")

    plan = add("plan", "commands.visits:plan", "the plan of a stored visit")
    _visit(plan)
    plan.add_argument("--minutes", type=int, metavar="N", help="plan anew for so many minutes a day")
    plan.add_argument("--paper", choices=("a4", "letter"), default="a4", help="paper of the PDF")
    plan.add_argument("--size", type=int, choices=(14, 16, 18), default=14, help="letter size of the PDF in points")
    form = plan.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="in the shape of interpret's answer")
    form.add_argument("--text", action="store_true", help="as plain text (without another choice, too)")
    form.add_argument("--pdf", type=a_path, metavar="OUT", help="as a PDF")
    _named(plan)
    _password(plan)

    for kind, words in (("report", "the clinician's report"), ("letter", "the letter to a doctor, where one is due,")):
        paper = add(kind, f"commands.visits:{kind}", f"{words} of a stored visit")
        _visit(paper)
        form = paper.add_mutually_exclusive_group(required=True)
        form.add_argument("--text", action="store_true", help="as plain text")
        form.add_argument("--pdf", type=a_path, metavar="OUT", help="as a PDF")
        _named(paper)
        _password(paper)

    kept = add("papers", "commands.papers:papers", "the papers made in a visit, and one of them again as it was")
    _visit(kept)
    kept.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="which one; left out, the newest")
    kept.add_argument("--out", dest="pdf", type=a_path, metavar="FILE", help="write it again, byte for byte")
    _password(kept)
    _add_export(add)


def _add_export(add: _Add) -> None:
    out = add("export", "commands.exporting:export", "the clinic, a patient or a visit as open data, not encrypted")
    scope = out.add_mutually_exclusive_group(required=True)
    scope.add_argument("--patient", metavar="P", help="one patient, by code or id")
    scope.add_argument("--visit", metavar="V", help="one visit, by its id or a start of it that fits no other")
    scope.add_argument("--all", action="store_true", help="everything: patients, visits, devices, templates")
    out.add_argument(
        "--format",
        choices=("json", "csv", "fhir"),
        required=True,
        help="json can be imported again; csv for spreadsheets; fhir: an HL7 FHIR R4 bundle",
    )
    out.add_argument("-o", "--out", required=True, type=a_path, metavar="OUT", help="the file; - for standard output")
    out.add_argument(
        "--without-papers", action="store_true", help="leave the PDFs out of the JSON; a note of them stays"
    )


def _add_record_commands(add: _Add) -> None:
    add("verify", "commands.trust:verify", "whether the record is whole, and where it is not")
    copy = add("backup", "commands.trust:backup", "copy the record to a file and look the copy through")
    copy.add_argument("out", nargs="?", type=a_path, metavar="OUT", help="a new file, or a folder for one")
    copy.add_argument("--second", metavar="DIR", help="from now on backups made by themselves go there, too; or: none")
    back = add("restore", "commands.trust:restore", "put a backup in the record's place, after looking it through")
    back.add_argument("file", type=a_path, metavar="IN", help="the backup")
    how = back.add_mutually_exclusive_group()
    how.add_argument("--replace", action="store_true", help="also where there is a record; it is kept beside")
    how.add_argument("--drill", action="store_true", help="only try it, in a folder that is gone afterwards")
    looked = add(
        "doctor", "commands.doctor:doctor", "what the instrument stands on: terminal, folder, record, backups, disk"
    )
    looked.add_argument("--keys", action="store_true", help="name the keys that arrive, and nothing else; Esc ends")


def _add_person_commands(add: _Add) -> None:
    merge = add("merge", "commands.merging:merge", "two records are of one person: read them as one; can be undone")
    part = add("unmerge", "commands.merging:unmerge", "two records are of two people after all")
    for command in (merge, part):
        command.add_argument("kept", metavar="KEPT", help="the record the person goes by, by code or id")
        command.add_argument("other", metavar="OTHER", help="the other record, by code or id")
        command.add_argument("--why", required=True, metavar="WHY", help="the reason; it stays on record")
    gone = add("erase", "commands.erasing:erase", "take one patient out of the record for good, as the law may ask")
    gone.add_argument("patient", nargs="?", metavar="PATIENT", help="by code or id, with every record of the person")
    gone.add_argument("--why", metavar="WHY", help="the reason; it stays on record, so it must name nobody")
    gone.add_argument("--backups", action="store_true", help="make a new backup, delete copies that hold the erased")
    away = add("leave", "commands.leaving:leave", "leave the product: all as open files, then delete the record")
    away.add_argument("out", type=a_path, metavar="DIR", help="a new folder for everything, not encrypted")
    away.add_argument("--delete", action="store_true", help="delete without asking once all is read back, for a script")
    for command in (merge, part, gone):
        command.add_argument("--who", metavar="NAME", help="who does it; left out, the clinician of the settings")
    for command in (merge, gone):
        command.add_argument("--yes", action="store_true", help="without asking again, for a script")


def _named(command: argparse.ArgumentParser) -> None:
    words = "what names the patient beside the code: the full name, the first name, or nothing"
    command.add_argument("--name", choices=("full", "first", "code"), default="full", help=words)


def _password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-file", type=a_path, metavar="FILE", help="the PDF opens with the password in this file's first line"
    )


def _visit(command: argparse.ArgumentParser) -> None:
    command.add_argument("visit", metavar="VISIT", help="the visit's id, or a start of it that fits no other")


def _add_library_commands(add: _Add, shared: argparse.ArgumentParser) -> None:
    add("knowledge", "commands.knowledge:changes", "what it changed since the stored visits; which grades would differ")
    for kind, one in (("tests", "test"), ("exercises", "exercise card")):
        group = add(kind, "", f"list, show or check {one}s")
        inner = _adder(group.add_subparsers(required=True, metavar="ACTION"), shared)
        listed = inner("list", f"commands.library:list_{kind}", f"one {one} a line")
        shown = inner("show", f"commands.library:show_{kind}", f"everything about one {one}")
        shown.add_argument("id", metavar="ID")
        checked = inner("check", f"commands.library:check_{kind}", "list every problem of a folder at once")
        checked.add_argument(
            "path", nargs="?", type=a_path, metavar="PATH", help="a folder; left out, all that is in use"
        )
        inner("schema", f"commands.knowledge:schema_of_{kind}", f"the JSON Schema of a {one}'s file, for editors")
        if kind == "tests":
            error = inner("error", "commands.library:errors_of_tests", "the clinic's own error between two raters")
            error.add_argument("id", nargs="?", metavar="ID", help="one test; left out, every test measured so")
        if kind == "exercises":
            listed.add_argument("words", nargs="*", metavar="WORD", help="only cards that fit every word, best first")
            drawn = inner("draw", "commands.library:draw_exercise", "the figures of a card as SVG")
            drawn.add_argument("id", metavar="ID")
            drawn.add_argument(
                "-o", "--out", required=True, type=a_path, metavar="OUT.svg", help="the file; - for standard output"
            )


def _add_key_commands(add: _Add, shared: argparse.ArgumentParser) -> None:
    group = add("keys", "", "who opens the encrypted record: passphrases, recovery code")
    inner = _adder(group.add_subparsers(required=True, metavar="ACTION"), shared)
    inner("list", "commands.keys:list_keys", "one key a line: id, kind, name, day")
    added = inner("add", "commands.keys:add", "a passphrase for one more person")
    added.add_argument("name", metavar="NAME", help="who it is for")
    revoked = inner("revoke", "commands.keys:revoke", "take a person's passphrase away")
    revoked.add_argument("key", metavar="KEY", help="the name, the id, or a start of the id that fits no other")
    changed = inner("passphrase", "commands.keys:passphrase", "a new passphrase in place of the one given")
    changed.add_argument("--key", metavar="KEY", help="of this person: name, id or a start of the id")
    for one in (added, changed):
        one.add_argument("--new-passphrase-file", type=a_path, metavar="FILE", help="where the new passphrase stands")
    inner("recovery", "commands.keys:recovery", "a new recovery code; the old one opens nothing any more")
    encrypted = inner("encrypt", "commands.keys:encrypt", "encrypt a record that is not")
    encrypted.add_argument("--name", metavar="NAME", help="whose passphrase it is")
    idle = inner("idle", "commands.keys:idle", "after how many minutes without a key the screens lock")
    idle.add_argument("minutes", type=int, metavar="MINUTES")


def _add_settings_commands(add: _Add, shared: argparse.ArgumentParser) -> None:
    group = add(
        "settings", "commands.settings:show", "your preferences: what is in force, and what is wrong in the file"
    )
    inner = _adder(group.add_subparsers(metavar="ACTION"), shared)
    inner("check", "commands.settings:check", "list everything wrong in the file at once")
    inner("write", "commands.settings:write", "make a starting file to change by hand, where there is none")
    keys = add("keymap", "commands.settings:keymap", "every key in force, by place, with its id")
    keys.add_argument("--markdown", action="store_true", help="as a page for the documentation")
    inner = _adder(keys.add_subparsers(metavar="ACTION"), shared)
    inner("press", "commands.screens:press", "name the keys that arrive, from a pedal or presenter too")
