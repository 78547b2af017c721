"""A password on a finished PDF: AES with 256 bits (revision 6 of the PDF's own encryption, ISO 32000-2, 7.6.4)."""

from __future__ import annotations

import io
import unicodedata
from typing import Final

LEAST_CHARACTERS: Final = 8
"""As short as a password may be (NIST SP 800-63B, 2017, 5.1.1.2)."""
MOST_BYTES: Final = 127
"""Readers take no more of a password, counted in UTF-8 (ISO 32000-2, 7.6.4.3.3)."""


def refusal(password: str) -> str:
    """Why this cannot be the password of a paper; empty where it can."""
    if len(password) < LEAST_CHARACTERS:
        return f"The password needs at least {LEAST_CHARACTERS} characters."
    if len(password.encode(errors="replace")) > MOST_BYTES:
        return f"The password is longer than the {MOST_BYTES} bytes a PDF can hold; choose a shorter one."
    if not password.isprintable() or unicodedata.normalize("NFKC", password) != password:
        return "The password holds a character that not every keyboard writes the same way; use letters and digits."
    return ""


def locked(pdf: bytes, password: str) -> bytes:
    """The same pages behind a password. Whoever opens them may do all: print, copy, have them read aloud.

    The bytes differ each time, as encryption must.
    """
    import pikepdf  # paid for by those who set a password

    everything = pikepdf.Permissions(modify_assembly=True)  # all else is allowed as it is, accessibility too
    encryption = pikepdf.Encryption(owner=password, user=password, R=6, allow=everything)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=encryption)
    return out.getvalue()
