"""Papers by command: behind a password, with the clinic's logo, and again as they were."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest

from assess_tui.outgoing.letterhead import LEFT_OUT, LOGO, keep_logo
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from protocols.library import load
from reports.logo import prepare
from tests.end_to_end.clinic import LINE, Clinic, changed, one_line
from tests.reports.pictures import drawn, saved

PASSWORD = "blue house 7"  # noqa: S105  of a test


@contextmanager
def the_record(clinic: Clinic) -> Iterator[Record]:
    record = open_record(clinic.data, lambda: dt.datetime.now(dt.UTC), uuid7)
    yield record
    record.close()


def images(clinic: Clinic, visit: str) -> int:
    """How many pictures made of pixels a plan has, freshly made."""
    out = clinic.folder / "plan.pdf"
    done = clinic.run("plan", visit, "--pdf", out)
    assert done.returncode == 0, done.stderr
    return out.read_bytes().count(b"/Subtype /Image")


def test_a_pdf_opens_with_the_password_and_is_kept_without(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    secret, out, again = clinic.folder / "secret", clinic.folder / "plan.pdf", clinic.folder / "again.pdf"
    secret.write_text(f"{PASSWORD}\nanother line\n")
    for command in (("plan", visit), ("report", visit)):
        done = clinic.run(*command, "--pdf", out, "--password-file", secret)
        assert done.returncode == 0, done.stderr
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(out)
        assert clinic.run("papers", visit, "--out", again).returncode == 0
        with pikepdf.open(out, password=PASSWORD) as locked, pikepdf.open(again) as kept:
            assert [page.Contents.read_bytes() for page in locked.pages] == [
                page.Contents.read_bytes() for page in kept.pages
            ]
    assert PASSWORD.encode() not in (clinic.data / "clinic.db").read_bytes()


@pytest.mark.parametrize(
    ("chosen", "shown", "hidden"), [("full", ["Łoś"], []), ("first", ["Ana"], ["Łoś"]), ("code", [], ["Ana", "Łoś"])]
)
def test_a_paper_names_the_patient_as_chosen(clinic: Clinic, chosen: str, shown: list[str], hidden: list[str]) -> None:
    visit = clinic.stored(LINE)["visit"]
    for kind in ("plan", "report"):
        text = clinic.run(kind, visit, "--text", "--name", chosen).stdout
        assert [name for name in shown if name not in text] == []
        assert [name for name in hidden if name in text] == []


@pytest.mark.parametrize(
    ("text", "said"), [("short", "at least 8"), ("", "empty line"), ("ﬁne letters", "not every keyboard")]
)
def test_a_password_that_cannot_be_makes_nothing(clinic: Clinic, text: str, said: str) -> None:
    visit = clinic.stored(LINE)["visit"]
    secret, out = clinic.folder / "secret", clinic.folder / "plan.pdf"
    secret.write_text(text)
    done = clinic.run("plan", visit, "--pdf", out, "--password-file", secret)
    assert done.returncode == 2
    assert said in one_line(done.stderr)
    assert not out.exists()
    assert clinic.run("papers", visit).stdout == ""


def test_a_password_needs_a_file_it_can_be_read_from_and_a_pdf(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    secret = clinic.folder / "secret"
    done = clinic.run("plan", visit, "--pdf", clinic.folder / "p.pdf", "--password-file", secret)
    assert (done.returncode, str(secret) in one_line(done.stderr)) == (2, True)
    secret.write_text(PASSWORD)
    for command in (("plan", visit), ("report", visit, "--text")):
        done = clinic.run(*command, "--password-file", secret)
        assert done.returncode == 2
        assert "only a PDF" in one_line(done.stderr)


def test_last_years_sheet_is_written_again_byte_for_byte(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    first, again = clinic.folder / "first.pdf", clinic.folder / "again.pdf"
    clinic.run("plan", visit, "--pdf", first)
    with the_record(clinic) as record:
        record.set_setting("clinic", "A new name")
        keep_logo(record, prepare(saved(drawn())))
    clinic.run("plan", visit, "--pdf", clinic.folder / "second.pdf")
    done = clinic.run("papers", visit, "1", "--out", again)
    assert done.returncode == 0
    assert "take-home plan" in done.stderr
    assert again.read_bytes() == first.read_bytes() != (clinic.folder / "second.pdf").read_bytes()
    assert again.stat().st_mode & 0o777 == 0o600
    assert clinic.run("papers", visit, "--out", again).returncode == 0
    assert again.read_bytes() == (clinic.folder / "second.pdf").read_bytes()
    rows = [line.split("\t") for line in clinic.run("papers", visit).stdout.splitlines()]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("1", "take-home plan", f"{first.stat().st_size} bytes"),
        ("2", "take-home plan", f"{again.stat().st_size} bytes"),
    ]


def test_which_paper_is_not_there_is_said(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    out = clinic.folder / "again.pdf"
    assert "no paper was made" in one_line(clinic.run("papers", visit, "--out", out).stderr)
    clinic.run("report", visit, "--pdf", clinic.folder / "report.pdf")
    for number in ("0", "2"):
        assert "expected 1 to 1" in one_line(clinic.run("papers", visit, number, "--out", out).stderr)
    assert "--out" in one_line(clinic.run("papers", visit, "1").stderr)
    assert not out.exists()


def test_the_logo_is_on_the_paper_and_a_broken_one_stops_none(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    assert images(clinic, visit) == 0
    with the_record(clinic) as record:
        keep_logo(record, prepare(saved(drawn())))
    assert images(clinic, visit) == 1
    for broken in (b64encode(b"no picture").decode(), "***", 7, ["a"], b64encode(saved(drawn())[:500]).decode()):
        with the_record(clinic) as record:
            record.set_setting(LOGO, broken)
        assert images(clinic, visit) == 0
        done = clinic.run("plan", visit, "--pdf", clinic.folder / "plan.pdf")
        assert LEFT_OUT in done.stderr


def test_a_letter_is_made_where_one_is_called_for(clinic: Clinic) -> None:
    quiet = clinic.stored(changed(red_flags=[], standing=None))["visit"]
    done = clinic.run("letter", quiet, "--text")
    assert done.returncode == 2
    assert "no letter is called for" in one_line(done.stderr)
    for flags in (["aaa"], []):
        visit = clinic.stored(changed(red_flags=flags))["visit"]
        out = clinic.folder / "letter.pdf"
        assert clinic.run("letter", visit, "--pdf", out).returncode == 0
        assert out.read_bytes().startswith(b"%PDF")
        assert "Letter to the doctor" in clinic.run("letter", visit, "--text").stdout


def test_no_plan_is_printed_before_every_precaution_was_asked(clinic: Clinic) -> None:
    with the_record(clinic) as record:
        patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
        visit = record.open_visit(patient.id, "Kim Lee", load()).id
    for form in (("--text",), ("--pdf", clinic.folder / "plan.pdf")):
        done = clinic.run("plan", visit, *form)
        assert (done.returncode, done.stdout) == (2, "")
        assert "not all precautions were asked" in one_line(done.stderr)
    assert not (clinic.folder / "plan.pdf").exists()
    assert clinic.run("plan", visit, "--json").returncode == 0
    report = " ".join(clinic.run("report", visit, "--text").stdout.split())
    assert "No plan yet: not all precautions were asked, and the plan goes by them." in report
