"""A paper behind a password is the same paper, for who has the password, and nothing for who has not."""

from __future__ import annotations

import io

import pikepdf
import pytest

from reports.documents import plan_document
from reports.lock import locked, refusal
from tests.reports.papers import known, limited

PASSWORD = "Grünes Haus 7"  # noqa: S105  of a test


@pytest.fixture(scope="module")
def plain() -> bytes:
    return plan_document(limited(given="Zebedee"), known()).pdf()


def test_it_opens_with_the_password_alone(plain: bytes) -> None:
    for wrong in ("", "Grünes Haus", PASSWORD.upper()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked(plain, PASSWORD)), password=wrong)
    opened = pikepdf.open(io.BytesIO(locked(plain, PASSWORD)), password=PASSWORD)
    with opened as pdf, pikepdf.open(io.BytesIO(plain)) as bare:
        assert [page.Contents.read_bytes() for page in pdf.pages] == [page.Contents.read_bytes() for page in bare.pages]


def test_it_is_aes_of_256_bits_and_everything_is_allowed(plain: bytes) -> None:
    with pikepdf.open(io.BytesIO(locked(plain, PASSWORD)), password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.V, pdf.encryption.bits) == (6, 5, 256)
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.encryption.string_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
        assert all(pdf.allow)


def test_its_tags_are_all_there(plain: bytes) -> None:
    with (
        pikepdf.open(io.BytesIO(locked(plain, PASSWORD)), password=PASSWORD) as pdf,
        pikepdf.open(io.BytesIO(plain)) as bare,
    ):
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-GB"
        assert len(pdf.Root.StructTreeRoot.ParentTree.Nums) == len(bare.Root.StructTreeRoot.ParentTree.Nums)
        assert [page.Tabs for page in pdf.pages] == [page.Tabs for page in bare.pages]
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"


def test_nothing_of_it_can_be_read_in_the_file(plain: bytes) -> None:
    data = locked(plain, PASSWORD)
    assert b"P0007" in plain, "the title says it in the open"
    for words in (b"P0007", b"exercise plan", PASSWORD.encode(), b"Zebedee"):
        assert words not in data


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "at least 8"),
        ("1234567", "at least 8"),
        ("ä" * 64, "127 bytes"),
        ("tab\there!", "not every keyboard"),
        ("Zoe\u0308 and more", "not every keyboard"),
        ("ﬁne letters", "not every keyboard"),
        ("\ud800 half a pair", "not every keyboard"),
        ("12345678", ""),
        ("ä" * 63, ""),
        (PASSWORD, ""),
    ],
)
def test_a_password_that_may_not_open_everywhere_is_refused(password: str, said: str) -> None:
    assert said in refusal(password)
    assert bool(said) == bool(refusal(password))
