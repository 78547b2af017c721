"""Documents are the same every time, show no more identity than chosen, and cost nothing until printed."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest

from reports.content import IDENTITIES, Options
from reports.documents import Document, file_name, plan_document, report_document
from tests.reports.papers import STARTED, flagged, known, limited, read_back

FAMILY, GIVEN = "Quixworth", "Zebedee"


def every_kind(options: Options) -> list[Document]:
    named = {"given": GIVEN, "family": FAMILY}
    return [
        plan_document(limited(**named), known(), options),
        plan_document(flagged(**named), known(), options),
        report_document(limited(**named), known(), options),
    ]


def test_red_flags_make_the_plan_a_letter() -> None:
    assert [document.kind for document in every_kind(Options())] == ["handout", "letter", "report"]


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_page_shows_no_more_identity_than_chosen(identity: Any) -> None:
    for document in every_kind(Options(identity=identity)):
        data = document.pdf()
        for shown in (document.text, read_back(data), document.title, document.sheet.title):
            assert (FAMILY in shown) <= (identity == "full")
            assert (GIVEN in shown) <= (identity != "code")
            assert ("4 March 1992" in shown) <= (identity == "full")
        assert FAMILY.encode() not in data
        assert "P0007" in document.text


def test_the_same_visit_gives_the_same_bytes() -> None:
    first, again = (tuple(document.pdf() for document in every_kind(Options())) for _ in range(2))
    assert first == again


def test_the_same_bytes_in_another_process() -> None:
    script = (
        "from hashlib import sha256; from reports.documents import plan_document; from tests.reports.papers import *;"
        "print(sha256(plan_document(limited(), known()).pdf()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sha256(plan_document(limited(), known()).pdf()).hexdigest()


def test_text_needs_no_reportlab() -> None:
    script = (
        "import sys; from reports.documents import plan_document; from tests.reports.papers import *;"
        "plan_document(limited(), known()).text; print('reportlab' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_file_is_named_by_code_and_date() -> None:
    day = STARTED.date()
    names = [file_name(document.kind, limited().patient, day) for document in every_kind(Options())]
    assert names == ["P0007-2026-11-22-plan.pdf", "P0007-2026-11-22-letter.pdf", "P0007-2026-11-22-report.pdf"]


@pytest.mark.parametrize(("code", "safe"), [("../../etc", "etc"), ("Å 7/β", "7"), ("...", "patient"), ("a b", "a_b")])
def test_a_code_cannot_leave_its_folder(code: str, safe: str) -> None:
    patient = limited(code=code).patient
    name = file_name("handout", patient, dt.date(2026, 1, 2))
    assert name == f"{safe}-2026-01-02-plan.pdf"


def test_text_holds_no_control_characters() -> None:
    text = plan_document(limited(given="An\x1b[31ma\x07", clinic="A\r\nB"), known()).text
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "A B" in text
