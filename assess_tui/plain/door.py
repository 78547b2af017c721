"""The passphrase of the record, or the first key of a new one; nothing secret is shown."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.opening import Refused, Trouble, make_key, try_passphrase
from assess_tui.plain.talk import Talk
from assess_tui.storage.folder import state

if TYPE_CHECKING:
    from assess_tui.clock import Clock

WHY: Final = (
    "The record will be encrypted: without a passphrase nobody reads it.",
    "Length is what counts: at least 8 characters, better four words of your own.",
)
CODE: Final = (
    "Your recovery code, said this once. Write it down and keep it away from this computer.",
    "It opens the record when the passphrase is forgotten; without either, nobody can open it.",
)
WRITTEN_DOWN: Final = "Written down? Type its last group, or file and a name to have it as text."
NOT_ENCRYPTED: Final = (
    "This record is not encrypted: anyone who has its file can read it. assess-tui keys encrypt changes that."
)
WITHOUT: Final = "To begin without encryption, leave and start again with --no-encryption."


class Key(NamedTuple):
    """What opens the record, and whose it is."""

    key: bytes | None
    who: str = ""


def opened(talk: Talk, folder: Path, clock: Clock, passphrase: str, *, ask_for_key: bool) -> Key | Trouble:
    """The key, asked for where one is needed. Raises LeaveError."""
    found = state(folder)
    if found == "encrypted":
        return _unlock(talk, folder, clock, passphrase)
    if found == "none" and ask_for_key:
        return _first(talk, folder, clock, passphrase)
    talk.say(NOT_ENCRYPTED)
    return Key(None)


def _unlock(talk: Talk, folder: Path, clock: Clock, given: str) -> Key | Trouble:
    """Ask until it fits; after several wrong answers the next one waits."""
    while True:
        typed = given or talk.secret("Passphrase, or the recovery code?")
        given = ""
        answer = try_passphrase(folder, typed, clock)
        if isinstance(answer, Trouble):
            return answer
        if not isinstance(answer, Refused):
            return Key(answer.key, answer.slot.name)
        talk.say(answer.message)
        if answer.wait_s:
            talk.say(f"The next answer counts in {answer.wait_s} s.")
            time.sleep(answer.wait_s)


def _first(talk: Talk, folder: Path, clock: Clock, given: str) -> Key | Trouble:
    """Nothing is on disk before the recovery code was written down."""
    from assess_tui.storage.keys import keep
    from assess_tui.storage.recovery_code import last_group

    talk.say("Before the first record.", *WHY, WITHOUT)
    passphrase = given or _new(talk)
    while not (name := talk.ask("Your name? It stands beside the key.")):
        pass
    created = make_key(passphrase, name, clock)
    if isinstance(created, Trouble):
        return created
    talk.say(*CODE, created.code)
    while (typed := talk.ask(WRITTEN_DOWN)).upper() not in (last_group(created.code), created.code):
        if typed.startswith("file "):
            _as_text(talk, typed.removeprefix("file ").strip(), created.code)
        else:
            talk.say("That is not the last group; compare what you wrote down with the code.", created.code)
    keep(folder, created)
    return Key(created.key, name)


def _as_text(talk: Talk, named: str, code: str) -> None:
    """For who cannot write by hand, to print it or keep it on a stick."""
    from assess_tui.keyring import write_code
    from assess_tui.storage.errors import StorageError

    try:
        talk.say(f"Written: {write_code(named, code)}", "Print it, or take it away from this computer.")
    except StorageError as error:
        talk.say(f"{error.title}: {error.message}")


def _new(talk: Talk) -> str:
    from assess_tui.storage.keys import refusal

    while True:
        passphrase = talk.secret("A new passphrase?")
        if why := refusal(passphrase):
            talk.say(why)
        elif talk.secret("The same again?") == passphrase:
            return passphrase
        else:
            talk.say("The two are not the same.")
