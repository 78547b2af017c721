"""`keys` and the passphrase of every other command, without a terminal."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from assess_tui.storage import keys
from assess_tui.storage.backup import key_file_of
from assess_tui.storage.connect import connect
from assess_tui.storage.folder import ATTEMPTS, KEYS, RECORD, state
from tests.end_to_end.clinic import LINE, Clinic, one_line

CODE = re.compile(r"(?:[2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}")


def words(clinic: Clinic, text: str, name: str = "words") -> Path:
    path = clinic.folder / name
    path.write_text(text + "\nthe second line is a note\n", encoding="utf-8")
    return path


@pytest.fixture
def mine(clinic: Clinic) -> Path:
    """The passphrase of the first person."""
    return words(clinic, "linden harbour seven")


@pytest.fixture
def visit(clinic: Clinic, mine: Path) -> str:
    """A visit imported into a new encrypted record."""
    done = clinic.run("import", clinic.file(LINE), "--passphrase-file", mine)
    assert done.returncode == 0
    assert CODE.search(one_line(done.stderr))
    return str(json.loads(done.stdout)["visit"])


def test_an_import_with_a_passphrase_begins_an_encrypted_record(clinic: Clinic, mine: Path, visit: str) -> None:
    assert state(clinic.data) == "encrypted"
    assert b"Ana" not in (clinic.data / RECORD).read_bytes()
    again = clinic.run("import", clinic.file(LINE), "--passphrase-file", mine)
    assert (again.returncode, again.stderr) == (0, "")
    told = clinic.run("findings", visit, "--json", "--passphrase-file", mine)
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["findings"]


def test_the_environment_names_the_file_too(
    clinic: Clinic, mine: Path, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESS_TUI_PASSPHRASE_FILE", str(mine))
    assert clinic.run("report", visit, "--text").returncode == 0


def test_a_script_that_cannot_be_asked_gets_a_plain_record_and_is_told(clinic: Clinic) -> None:
    done = clinic.run("import", clinic.file(LINE))
    assert done.returncode == 0
    assert "is not encrypted" in one_line(done.stderr)
    assert state(clinic.data) == "plain"
    assert clinic.run("import", clinic.file(LINE)).stderr == ""


def test_without_a_passphrase_an_encrypted_record_is_refused_in_one_sentence(clinic: Clinic, visit: str) -> None:
    for command in (("findings", visit), ("import", str(clinic.file(LINE))), ("keys", "recovery")):
        done = clinic.run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--passphrase-file or ASSESS_TUI_PASSPHRASE_FILE" in one_line(done.stderr)


def test_what_opens_no_record_asks_for_no_passphrase(clinic: Clinic, visit: str) -> None:
    for command in (("--version",), ("tests", "list"), ("exercises", "list"), ("interpret", str(clinic.file(LINE)))):
        assert clinic.run(*command).returncode == 0


def test_a_wrong_passphrase_is_one_sentence_and_then_waits(clinic: Clinic, mine: Path, visit: str) -> None:
    wrong = words(clinic, "not this one", "wrong")
    for _ in range(4):
        done = clinic.run("findings", visit, "--passphrase-file", wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert str(wrong) in one_line(done.stderr)
    assert "counts in" in done.stderr
    assert clinic.run("findings", visit, "--passphrase-file", mine).returncode == 2
    (clinic.data / ATTEMPTS).unlink()
    assert clinic.run("findings", visit, "--passphrase-file", mine).returncode == 0


@pytest.mark.parametrize(("content", "said"), [(b"", "empty line"), (b"\n", "empty line"), (b"\xff", "UTF-8")])
def test_a_file_that_holds_no_passphrase_is_named(
    clinic: Clinic, mine: Path, visit: str, content: bytes, said: str
) -> None:
    mine.write_bytes(content)
    done = clinic.run("findings", visit, "--passphrase-file", mine)
    assert done.returncode == 2
    assert said in one_line(done.stderr)
    assert str(mine) in done.stderr


def test_too_short_a_passphrase_makes_nothing(clinic: Clinic) -> None:
    done = clinic.run("import", clinic.file(LINE), "--passphrase-file", words(clinic, "short"))
    assert done.returncode == 2
    assert "At least 8 characters" in one_line(done.stderr)
    assert not clinic.data.exists()


def done_to_the_keys(clinic: Clinic) -> list[tuple[str, str]]:
    """What the audit holds of it, and whose passphrase did it."""
    key = keys.unlock(clinic.data, "kim lee's newer one", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).key
    with closing(connect(clinic.data / RECORD, key=key)) as db:
        rows = db.execute("SELECT action, who FROM audit ORDER BY number").fetchall()
    return [(action, who) for action, who in rows if "key" in action or "passphrase" in action]


def test_people_come_and_go(clinic: Clinic, mine: Path, visit: str) -> None:
    hers = words(clinic, "kim lee's own", "hers")
    added = clinic.run("keys", "add", "Kim Lee", "--passphrase-file", mine, "--new-passphrase-file", hers)
    assert added.returncode == 0
    listed = [line.split("\t") for line in clinic.run("keys", "list").stdout.splitlines()]
    assert [(kind, name) for _, kind, name, _ in listed] == [
        ("passphrase", "-"),
        ("recovery", "-"),
        ("passphrase", "Kim Lee"),
    ]
    newer = words(clinic, "kim lee's newer one", "newer")
    changed = clinic.run("keys", "passphrase", "--passphrase-file", hers, "--new-passphrase-file", newer)
    assert changed.returncode == 0
    assert clinic.run("keys", "revoke", listed[0][0], "--passphrase-file", newer).returncode == 0
    last = clinic.run("keys", "revoke", "Kim Lee", "--passphrase-file", newer)
    assert (last.returncode, "last passphrase stays" in last.stderr) == (1, True)
    assert clinic.run("findings", visit, "--passphrase-file", mine).returncode == 2
    assert clinic.run("findings", visit, "--passphrase-file", newer).returncode == 0
    assert done_to_the_keys(clinic) == [
        ("added a key", ""),
        ("changed a passphrase", "Kim Lee"),
        ("revoked a key", "Kim Lee"),
    ]


def test_a_forgotten_passphrase_is_made_anew_with_the_code(clinic: Clinic, mine: Path, visit: str) -> None:
    code = clinic.run("keys", "recovery", "--passphrase-file", mine).stdout.strip()
    by_code, newer = words(clinic, code, "code"), words(clinic, "a newer one of mine", "newer")
    unclear = clinic.run("keys", "passphrase", "--passphrase-file", by_code, "--new-passphrase-file", newer)
    assert (unclear.returncode, "--key NAME" in unclear.stderr) == (2, True)
    first = clinic.run("keys", "list").stdout.partition("\t")[0]
    arguments = ("--key", first, "--passphrase-file", by_code, "--new-passphrase-file", newer)
    assert clinic.run("keys", "passphrase", *arguments).returncode == 0
    assert clinic.run("findings", visit, "--passphrase-file", newer).returncode == 0


def test_a_plain_record_is_encrypted_later(clinic: Clinic, mine: Path) -> None:
    visit = clinic.stored(LINE)["visit"]
    plain = clinic.run("findings", visit).stdout
    done = clinic.run("keys", "encrypt", "--passphrase-file", mine)
    assert done.returncode == 0
    assert len(CODE.findall(done.stderr)) == 1
    assert clinic.run("findings", visit, "--passphrase-file", mine).stdout == plain
    again = clinic.run("keys", "encrypt", "--passphrase-file", mine)
    assert (again.returncode, "encrypted already" in one_line(again.stderr)) == (2, True)


def test_what_no_key_command_can_be_done_on_is_said(clinic: Clinic, mine: Path) -> None:
    for action in (("list",), ("recovery",), ("encrypt",)):
        done = clinic.run("keys", *action, "--passphrase-file", mine)
        assert (done.returncode, "--data" in done.stderr or "keys encrypt" in done.stderr) == (2, True)
    clinic.stored(LINE)
    assert "holds no encrypted record" in one_line(clinic.run("keys", "list").stderr)


def test_idle_minutes_are_kept(clinic: Clinic, mine: Path, visit: str) -> None:
    assert clinic.run("keys", "idle", "5", "--passphrase-file", mine).returncode == 0
    assert clinic.run("keys", "idle", "0", "--passphrase-file", mine).returncode == 2


def test_a_key_file_that_is_damaged_or_missing_is_one_sentence(clinic: Clinic, mine: Path, visit: str) -> None:
    path = clinic.data / KEYS
    path.write_bytes(path.read_bytes()[:-200])
    damaged = clinic.run("findings", visit, "--passphrase-file", mine)
    assert (damaged.returncode, "The key file is damaged" in one_line(damaged.stderr)) == (1, True)
    path.unlink()
    missing = clinic.run("findings", visit, "--passphrase-file", mine)
    assert (missing.returncode, "clinic.keys" in missing.stderr) == (1, True)


@pytest.mark.parametrize("at", range(3))
def test_a_restore_under_another_key_cut_short_is_put_right_by_the_next(
    clinic: Clinic, mine: Path, visit: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Clinic(clinic.folder / "other")
    other.folder.mkdir()
    theirs = words(other, "another three words")
    held = str(json.loads(other.run("import", other.file(LINE), "--passphrase-file", theirs).stdout)["visit"])
    copy = other.folder / "copy.db"
    assert other.run("backup", copy, "--passphrase-file", theirs).returncode == 0
    restoring = ("restore", "--replace", copy, "--passphrase-file", theirs)
    with monkeypatch.context() as cut:
        cut_short_at(cut, at)
        cut.setattr("assess_tui.commands.trust.now", lambda: dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
        clinic.run(*restoring)
    assert clinic.run(*restoring).returncode == 0
    assert clinic.run("findings", held, "--json", "--passphrase-file", theirs).returncode == 0
    assert clinic.run("verify", "--passphrase-file", theirs).returncode == 0
    opened = [old for old in clinic.data.glob("clinic.replaced-*.db") if opens(clinic, old, mine, visit)]
    assert opened, "the record before it, with its keys"


def cut_short_at(patched: pytest.MonkeyPatch, at: int) -> None:
    """From this renaming of a file on nothing is renamed any more, as in a process that was killed."""
    renamed, left = Path.replace, [at]

    def cut(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise SystemExit(9)
        return renamed(path, target)

    patched.setattr(Path, "replace", cut)


def opens(clinic: Clinic, record: Path, passphrase: Path, visit: str) -> bool:
    """Whether a record kept aside opens with its own keys, in a folder of its own."""
    keys_beside = key_file_of(record)
    if not keys_beside.exists():
        return False
    aside = Clinic(Path(tempfile.mkdtemp(dir=clinic.folder)))
    aside.data.mkdir()
    shutil.copy(record, aside.data / RECORD)
    shutil.copy(keys_beside, aside.data / KEYS)
    return aside.run("findings", visit, "--json", "--passphrase-file", passphrase).returncode == 0
