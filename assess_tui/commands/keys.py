"""The keys of the record: whose they are, adding and taking away, a new passphrase, a new recovery code, encrypting."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, now, record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import new_passphrase, passphrase_file, tell_code, unlocked
from assess_tui.keyring import ACTIONS, DONE, ENCRYPTED
from assess_tui.storage import keys
from assess_tui.storage.folder import state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.key_file import load
from assess_tui.storage.record import open_record

LONGEST_IDLE = 240
"""Minutes."""


def list_keys(options: Asked) -> int:
    """One key a line: id, whose it is, since when. Asks for no passphrase."""
    file = load(_encrypted(options))
    damaged = file.damaged()
    for slot in file.slots:
        fields = [slot.id, slot.kind, slot.name or "-", slot.made[:10], *(["damaged"] if slot in damaged else [])]
        sys.stdout.write("\t".join(fields) + "\n")
    return 0


def add(options: Asked) -> int:
    """A passphrase for one more person."""
    folder = _encrypted(options)
    opened = unlocked(options, folder, now)
    slot = keys.add_slot(folder, opened.key, _new(options), options.name, now(), uuid7())
    _note(folder, opened, ACTIONS["add"], slot.id)
    return _said(DONE["add"].format(who=slot.who))


def revoke(options: Asked) -> int:
    """Take a person's passphrase away."""
    folder = _encrypted(options)
    opened = unlocked(options, folder, now)
    slot = keys.revoke_slot(folder, options.key)
    _note(folder, opened, ACTIONS["revoke"], slot.id)
    return _said(DONE["revoke"].format(who=slot.who))


def passphrase(options: Asked) -> int:
    """A new passphrase in place of the one that was given, or of the person named."""
    folder = _encrypted(options)
    opened = unlocked(options, folder, now)
    named = options.key or opened.slot.id
    if options.key is None and opened.slot.kind == "recovery":
        raise BadInputError("say whose passphrase is new with --key NAME; the recovery code belongs to nobody")
    slot = keys.change_passphrase(folder, opened.key, named, _new(options))
    _note(folder, opened, ACTIONS["own"], slot.id)
    return _said(DONE["own"].format(who=slot.who))


def recovery(options: Asked) -> int:
    """A new recovery code; the old one opens nothing any more."""
    folder = _encrypted(options)
    opened = unlocked(options, folder, now)
    code = keys.renew_recovery(folder, opened.key, now(), uuid7())
    sys.stdout.write(f"{code}\n")
    _note(folder, opened, ACTIONS["recovery"])
    return _said(DONE["recovery"])


def encrypt(options: Asked) -> int:
    """Encrypt a record that is not."""
    from assess_tui.storage import encrypting

    folder = data_folder(options)
    if state(folder) != "plain":
        held = "is encrypted already" if state(folder) == "encrypted" else "holds no record yet"
        raise BadInputError(f"{folder} {held}; name another folder with --data")
    file = passphrase_file(options)
    created = keys.create(new_passphrase(file), options.name or "", now(), uuid7)
    encrypting.encrypt(folder, created, now())
    tell_code(created)
    _note(folder, keys.Unlocked(created.key, created.file.slots[0]), ENCRYPTED)
    _said(f"{folder} is encrypted now; make new backups, older ones are not encrypted")
    for path in encrypting.readable_copies(folder, created.key):
        _said(f"{path} is not encrypted; delete it once it is not needed")
    return 0


def idle(options: Asked) -> int:
    """After how many minutes without a key the screens lock."""
    if not 1 <= options.minutes <= LONGEST_IDLE:
        raise BadInputError(f"MINUTES: expected a whole number from 1 to {LONGEST_IDLE}, got {options.minutes}")
    with record(options) as opened:
        opened.set_setting("lock_minutes", options.minutes)
    return _said(f"the screens lock after {options.minutes} minutes without a key")


def _encrypted(options: Asked) -> Path:
    folder = data_folder(options)
    if state(folder) != "encrypted":
        raise BadInputError(f"{folder} holds no encrypted record; assess-tui keys encrypt makes one of a plain one")
    return folder


def _new(options: Asked) -> str:
    return new_passphrase(options.new_passphrase_file, "--new-passphrase-file")


def _note(folder: Path, opened: keys.Unlocked, action: str, subject: str = "") -> None:
    """Enter in the audit what was done to the keys, and by whose."""
    with closing(open_record(folder, now, uuid7, opened.key)) as held:
        held.note(action, subject, opened.slot.name)


def _said(words: str) -> int:
    sys.stderr.write(f"assess-tui: {words}\n")
    return 0
