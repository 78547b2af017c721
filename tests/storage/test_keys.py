"""The key file: who opens it, what is said of a wrong passphrase and of a file that is no longer as it was written."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assess_tui.storage import key_file, keys
from assess_tui.storage.attempts import WAITS_S
from assess_tui.storage.errors import NotFoundError, StorageError
from assess_tui.storage.folder import ATTEMPTS, KEYS
from assess_tui.storage.ids import Ids
from assess_tui.storage.key_file import load
from assess_tui.storage.keys import RefusedError, unlock
from assess_tui.storage.recovery_code import LETTERS, fits, fresh_code, signs_of
from assess_tui.storage.sealing import Cost
from tests.memory import in_memory

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
WORDS = "linden harbour seven"
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
SHORT_FUZZ, LONG_FUZZ = 400, 45_000


def made(folder: Path, new_id: Ids, name: str = "M. Vogel") -> keys.Created:
    created = keys.create(WORDS, name, NOON, new_id, CHEAP)
    keys.keep(folder, created)
    return created


@pytest.fixture
def created(folder: Path, new_id: Ids) -> keys.Created:
    return made(folder, new_id)


def contents(folder: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / KEYS).read_bytes())
    return held


def rewrite(folder: Path, held: dict[str, Any]) -> None:
    (folder / KEYS).write_text(json.dumps(held))


def opens(folder: Path, typed: str, key: bytes) -> bool:
    """Whether this opens it, long after any wrong answer."""
    (folder / ATTEMPTS).unlink(missing_ok=True)
    try:
        return unlock(folder, typed, NOON).key == key
    except RefusedError:
        return False


# -- who opens it ------------------------------------------------------------------------------------------------------


def test_the_passphrase_and_the_recovery_code_open_it(folder: Path, created: keys.Created) -> None:
    by_words, by_code = unlock(folder, WORDS, NOON), unlock(folder, created.code, NOON)
    assert by_words.key == by_code.key == created.key
    assert len(created.key) == 32
    assert (by_words.slot.name, by_code.slot.kind) == ("M. Vogel", "recovery")
    assert stat.S_IMODE((folder / KEYS).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [KEYS]


def test_neither_key_passphrase_nor_code_stand_in_the_file(folder: Path, created: keys.Created) -> None:
    told = (folder / KEYS).read_bytes()
    for secret in (created.key, created.key.hex().encode(), WORDS.encode(), created.code.encode()):
        assert secret not in told
    assert signs_of(created.code).encode() not in told


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_as_it_comes(folder: Path, created: keys.Created, typed: Callable[[str], str]) -> None:
    assert unlock(folder, typed(created.code), NOON).key == created.key


def test_a_letter_composed_otherwise_is_the_same_passphrase(folder: Path, new_id: Ids) -> None:
    created = keys.create("Zürich über alles", "", NOON, new_id, CHEAP)
    keys.keep(folder, created)
    assert unlock(folder, "Zu\u0308rich u\u0308ber alles", NOON).key == created.key


def test_two_files_of_one_passphrase_share_nothing(new_id: Ids) -> None:
    one, other = (keys.create(WORDS, "", NOON, new_id, CHEAP) for _ in range(2))
    assert one.key != other.key
    assert one.code != other.code
    assert one.file.derivation.salt != other.file.derivation.salt


@pytest.mark.parametrize(("length", "fine"), [(0, False), (7, False), (8, True), (256, True), (257, False)])
def test_length_alone_decides_about_a_passphrase(length: int, *, fine: bool) -> None:
    assert (keys.refusal("a" * length) == "") is fine


def test_a_key_file_that_is_there_is_never_replaced(folder: Path, created: keys.Created, new_id: Ids) -> None:
    with pytest.raises(StorageError, match="key file already"):
        made(folder, new_id)
    assert opens(folder, WORDS, created.key)


# -- changes -----------------------------------------------------------------------------------------------------------


def test_a_new_passphrase_takes_the_place_of_the_old_one(folder: Path, created: keys.Created) -> None:
    keys.change_passphrase(folder, created.key, "M. Vogel", "another one")
    assert opens(folder, "another one", created.key)
    assert opens(folder, created.code, created.key)
    assert not opens(folder, WORDS, created.key)


def test_people_are_added_and_taken_away(folder: Path, created: keys.Created, new_id: Ids) -> None:
    added = keys.add_slot(folder, created.key, "kim lee's own", "Kim Lee", NOON, new_id())
    assert unlock(folder, "kim lee's own", NOON).slot.name == "Kim Lee"
    assert opens(folder, WORDS, created.key)
    assert keys.revoke_slot(folder, "M. Vogel").name == "M. Vogel"
    assert not opens(folder, WORDS, created.key)
    with pytest.raises(StorageError, match="last passphrase stays"):
        keys.revoke_slot(folder, added.id)
    assert opens(folder, "kim lee's own", created.key)


def test_whose_key_is_asked_where_it_is_not_clear(folder: Path, created: keys.Created, new_id: Ids) -> None:
    keys.add_slot(folder, created.key, "another one", "M. Vogel", NOON, new_id())
    for named, said in (("M. Vogel", "more than one"), ("nobody", "no passphrase fits"), ("", "no passphrase fits")):
        with pytest.raises(NotFoundError, match=said):
            keys.revoke_slot(folder, named)


def test_a_new_recovery_code_ends_the_old_one(folder: Path, created: keys.Created, new_id: Ids) -> None:
    code = keys.renew_recovery(folder, created.key, NOON, new_id())
    assert opens(folder, code, created.key)
    assert not opens(folder, created.code, created.key)


def test_two_changes_at_once_both_hold(
    folder: Path, created: keys.Created, new_id: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another instance adds a key while this one derives."""
    real = key_file.sealed

    def meanwhile(*told: Any) -> Any:
        monkeypatch.setattr(keys, "sealed", real)
        keys.add_slot(folder, created.key, "kim lee's own", "Kim Lee", NOON, new_id())
        return real(*told)

    monkeypatch.setattr(keys, "sealed", meanwhile)
    keys.change_passphrase(folder, created.key, "M. Vogel", "another one")
    for typed in ("another one", "kim lee's own", created.code):
        assert opens(folder, typed, created.key)


def test_a_change_the_disk_refuses_leaves_the_file_as_it_was(
    folder: Path, created: keys.Created, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StorageError, match="No space left"):
        keys.change_passphrase(folder, created.key, "M. Vogel", "another one")
    monkeypatch.undo()
    assert opens(folder, WORDS, created.key)
    assert [path.name for path in folder.iterdir()] == [KEYS]


# -- wrong answers -----------------------------------------------------------------------------------------------------

WRONG = ["", " ", WORDS.upper(), WORDS[:-1], WORDS + " ", "x" * 5000, "\x00\ud800", "2222-2222-2222", "[bold]", "%s{0}"]


@pytest.mark.parametrize("typed", WRONG, ids=range(10))
def test_ten_wrong_answers_are_refused_in_one_sentence(folder: Path, created: keys.Created, typed: str) -> None:
    with pytest.raises(RefusedError, match="neither a passphrase nor the recovery code"):
        unlock(folder, typed, NOON)
    assert opens(folder, WORDS, created.key)


def test_a_code_with_a_slip_says_so(folder: Path, created: keys.Created) -> None:
    other = next(sign for sign in LETTERS if sign != created.code[0])
    with pytest.raises(RefusedError, match="one of its signs is off"):
        unlock(folder, other + created.code[1:], NOON)


def test_every_slip_of_one_sign_is_noticed() -> None:
    signs = signs_of(fresh_code())
    assert len(signs) * 5 - 5 >= 128
    assert fits(signs)
    for place, right in enumerate(signs):
        for sign in LETTERS:
            assert fits(signs[:place] + sign + signs[place + 1 :]) is (sign == right)


def test_waits_grow_and_outlive_the_program(folder: Path, created: keys.Created) -> None:
    now, waits = NOON, []
    for _ in range(12):
        with pytest.raises(RefusedError) as refused:
            unlock(folder, "wrong one", now)
        waits.append(refused.value.wait_s)
        if refused.value.wait_s:
            with pytest.raises(RefusedError, match="Not yet"):
                unlock(folder, WORDS, now)
        now += dt.timedelta(seconds=refused.value.wait_s)
    assert waits == [*WAITS_S[1:], 60, 60, 60]
    assert unlock(folder, WORDS, now).key == created.key
    assert unlock(folder, WORDS, now).key == created.key
    with pytest.raises(RefusedError) as first_again:
        unlock(folder, "wrong one", now)
    assert first_again.value.wait_s == 0


def test_a_clock_set_back_shuts_nobody_out_for_longer(folder: Path, created: keys.Created) -> None:
    for _ in range(3):
        with pytest.raises(RefusedError) as refused:
            unlock(folder, "wrong one", NOON)
    yesterday = NOON - dt.timedelta(days=1)
    with pytest.raises(RefusedError) as again:
        unlock(folder, WORDS, yesterday)
    assert again.value.wait_s == refused.value.wait_s == 1


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"wrong": -5, "last": "2026-11-02T12:00:00"}', b'{"wrong": 1e9}', b"\xff"]
)
def test_a_damaged_count_shuts_nobody_out(folder: Path, created: keys.Created, content: bytes) -> None:
    (folder / ATTEMPTS).write_bytes(content)
    assert unlock(folder, WORDS, NOON).key == created.key


# -- a file that is no longer as it was written ------------------------------------------------------------------------


def first_slot(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda held: held["slots"][0].update(changes)


def swap(*fields: str) -> Callable[[dict[str, Any]], None]:
    """Fields of the two people's slots change places, checks too: a hand that knows the format."""

    def swapped(held: dict[str, Any]) -> None:
        one, other = held["slots"][0], held["slots"][2]
        for field in fields:
            one[field], other[field] = other[field], one[field]

    return swapped


def shortened(field: str, to: int) -> Callable[[dict[str, Any]], None]:
    def cut(held: dict[str, Any]) -> None:
        held["slots"][0][field] = held["slots"][0][field][:to]

    return cut


TRUNCATED: dict[str, Callable[[dict[str, Any]], None]] = {
    **{f"{field} cut to {to}": shortened(field, to) for field in ("key", "nonce") for to in (0, 4, 15)},
    "no key": lambda held: held["slots"][0].pop("key"),
    "no nonce": lambda held: held["slots"][0].pop("nonce"),
    "no id": first_slot(id=""),
    "no slots": lambda held: held.update(slots=[]),
}
SWAPPED = {
    "key": swap("key"),
    "nonce": swap("nonce"),
    "key and nonce": swap("key", "nonce"),
    "key, nonce, check": swap("key", "nonce", "check"),
    "id": swap("id"),
    "id and check": swap("id", "check"),
    "name": swap("name"),
    "name and check": swap("name", "check"),
    "kind": first_slot(kind="recovery"),
    "made and key": swap("made", "key"),
}


@pytest.mark.parametrize("case", TRUNCATED)
def test_ten_truncated_slots_are_one_sentence(folder: Path, created: keys.Created, case: str) -> None:
    held = contents(folder)
    TRUNCATED[case](held)
    rewrite(folder, held)
    with pytest.raises(StorageError, match="The key file is damaged") as told:
        unlock(folder, WORDS, NOON)
    assert str(folder / KEYS) in told.value.message


@pytest.mark.parametrize("case", SWAPPED)
def test_ten_swapped_slots_open_nothing_and_the_others_still_do(
    folder: Path, created: keys.Created, new_id: Ids, case: str
) -> None:
    keys.add_slot(folder, created.key, "kim lee's own", "Kim Lee", NOON, new_id())
    held = contents(folder)
    SWAPPED[case](held)
    rewrite(folder, held)
    with pytest.raises(RefusedError, match="is damaged: bring back a copy"):
        unlock(folder, WORDS, NOON)
    assert unlock(folder, created.code, NOON).key == created.key


def test_the_slots_of_another_file_open_nothing(
    folder: Path, created: keys.Created, tmp_path: Path, new_id: Ids
) -> None:
    made(tmp_path / "other", new_id)
    held = contents(folder)
    held["slots"] = contents(tmp_path / "other")["slots"]
    rewrite(folder, held)
    with pytest.raises(StorageError, match="The key file is damaged"):
        unlock(folder, WORDS, NOON)


def test_a_missing_and_a_newer_file_are_said(folder: Path, created: keys.Created) -> None:
    held = contents(folder)
    rewrite(folder, {**held, "format": 2, "slots": "otherwise"})
    with pytest.raises(StorageError, match="from a newer version"):
        unlock(folder, WORDS, NOON)
    (folder / KEYS).unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        unlock(folder, WORDS, NOON)


@pytest.mark.parametrize("place", ["memory_kib", "passes", "lanes"])
def test_a_costly_file_does_not_hold_the_computer_up(folder: Path, created: keys.Created, place: str) -> None:
    held = contents(folder)
    held["derivation"][place] = 10**9
    rewrite(folder, held)
    with pytest.raises(StorageError, match="The key file is damaged"):
        load(folder)


SIGNS = (b"9", b"-", b'"', b"{", b"]", b"null", b"1e9", b"\\u0000", b"\xff")


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes changed, cut, doubled or moved."""
    held = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        start, length = rng.randrange(len(held) + 1), rng.randint(1, 20)
        piece = held[start : start + length]
        match rng.randrange(5):
            case 0:
                held[start : start + length] = bytes(rng.randrange(256) for _ in piece)
            case 1:
                del held[start : start + length]
            case 2:
                held[start:start] = piece
            case 3:
                held[start : start + 1] = rng.choice(
                    (b"9", b"-", b'"', b"{", b"]", b"null", b"1e9", b"\\u0000", b"\xff")
                )
            case _:
                del held[start:]
        held = held or bytearray(b"x")
    return bytes(held)


def fuzz(folder: Path, created: keys.Created, rounds: int) -> dict[str, int]:
    """A changed file is opened rightly or refused in one sentence; it never gives a wrong key."""
    content, rng = (folder / KEYS).read_bytes(), random.Random(7)  # noqa: S311  # the same each time, nothing secret
    seen = {"read": 0, "damaged": 0}
    with in_memory() as there:
        for _ in range(rounds):
            (there / KEYS).write_bytes(mutated(content, rng))
            try:
                opened = keys.open_with(load(there), WORDS)
            except StorageError as error:
                said = str(error)
            else:
                said = ""
                assert opened is None or opened.key == created.key
            assert said == "" or re.fullmatch(r"The key file is (damaged|from a newer version): .+", said)
            seen["damaged" if said else "read"] += 1
    return seen


def test_fuzz_of_the_key_file(folder: Path, created: keys.Created) -> None:
    seen = fuzz(folder, created, SHORT_FUZZ)
    assert seen["damaged"] > SHORT_FUZZ // 2


@pytest.mark.soak
def test_long_fuzz_of_the_key_file(folder: Path, created: keys.Created, capsys: pytest.CaptureFixture[str]) -> None:
    seen = fuzz(folder, created, LONG_FUZZ)
    with capsys.disabled():
        print(f"key files changed at random: {LONG_FUZZ}, {seen}")  # noqa: T201
