"""Whether the record can be trusted: verified, backed up, restored."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, now, record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import key_for
from assess_tui.days import short_day
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS, RECORD

if TYPE_CHECKING:
    from assess_tui.storage.content import Content

BROKEN = 1


def verify(options: Asked) -> int:
    """Say whether the record is whole, and where it is not."""
    from assess_tui.storage import verify as verifying
    from assess_tui.storage.backup import backups

    path = _record_of(options)
    key = key_for(options, path.parent, now)
    verdict = verifying.verify(path, key)
    problems = list(verdict.problems)
    newest = next(iter(backups(path.parent / BACKUPS)), None)
    if not problems and newest is not None:
        problems += _against(newest.path, path, key)
    if problems:
        sys.stdout.writelines(f"{line}\n" for line in problems)
        sys.stderr.write(f"assess-tui: {path} is not whole; keep it, and restore a backup: assess-tui restore\n")
        return BROKEN
    sys.stdout.write(f"whole: {verdict.rows} rows, each as it was entered\n")
    if not verdict.tips:
        sys.stdout.write("no audit yet: the next opening brings the record up to date\n")
    sys.stdout.writelines(
        f"site {site}: {number} entries, the last {seal}\n" for site, (number, seal) in verdict.tips.items()
    )
    sys.stdout.writelines(f"to settle: {note}\n" for note in verdict.notes)
    return 0


def _against(backup: Path, path: Path, key: bytes | None) -> list[str]:
    """Whether the audit goes on from where the newest backup ends; a backup under another key says nothing."""
    from assess_tui.storage import verify as verifying

    try:
        earlier = verifying.verify(backup, key)
    except StorageError:
        return []
    return verifying.departures(path, key, earlier.tips)


def backup(options: Asked) -> int:
    """Copy the record to a file; or set the second folder of the copies made by themselves."""
    if (options.out is None) == (options.second is None):
        raise BadInputError("backup: name the file to write, or --second DIR")
    with record(options) as opened:
        from assess_tui.storage.backup import SECOND, copy_record

        if options.second is not None:
            opened.set_setting(SECOND, _second(options.second))
            return 0
        out = _new_file(options.out)
        verdict = copy_record(opened.path, out, opened.key)
        opened.note("backed up")
        sys.stderr.write(f"backup: {out}, {verdict.rows} rows, looked through and whole\n")
        if opened.key is not None:
            sys.stderr.write(f"its key file: {out.with_suffix('.keys')}; it opens with the passphrases of today\n")
    return 0


def _second(folder: str) -> str:
    if folder == "none":
        return ""
    if not Path(folder).is_dir():
        raise BadInputError(f"--second: {folder} is no folder; make it first, or say none")
    return str(Path(folder).absolute())


def _new_file(out: Path) -> Path:
    """A folder takes a file named by the moment; no file is ever overwritten."""
    path = out / f"clinic-{now():%Y%m%d-%H%M%S}.db" if out.is_dir() else out
    if path.exists():
        raise BadInputError(f"{path} is there already; name a file that is not")
    return path


def restore(options: Asked) -> int:
    """Put a backup in the record's place, or only try whether it could be (--drill)."""
    from assess_tui.storage import restore as restoring
    from assess_tui.storage.content import content
    from assess_tui.storage.ids import uuid7

    folder = data_folder(options)
    with restoring.staged(options.file, folder) as stage:
        key = key_for(options, stage, now)
        _, backup_holds = restoring.check(stage, options.file, key)
        if not options.drill:
            _refuse(folder, key, backup_holds, replace=options.replace)
        restoring.bring_up_to_date(stage, key, now, uuid7)
        into = stage / "drill" if options.drill else folder
        into.mkdir(mode=0o700, exist_ok=True)
        done = restoring.put_in_place(stage, into, key, now())
        held = content(done.path, key)
        if held.counts != backup_holds.counts:
            raise StorageError(
                "The restored record differs", f"{_counted(held)}; in the backup {_counted(backup_holds)}"
            )
    if options.drill:
        sys.stdout.write(
            f"the backup can be restored: {_counted(held)}, last row {_moment(held)}; nothing was changed\n"
        )
        return 0
    sys.stdout.write(f"restored: {done.path}, {_counted(held)}, last row {_moment(backup_holds)}\n")
    if done.kept is not None:
        sys.stdout.write(f"the record that was there: {done.kept}\n")
        _say_who_is_back(done.path, done.kept, key)
    return 0


def _say_who_is_back(restored: Path, replaced: Path, key: bytes | None) -> None:
    """A backup from before an erasure brings the patient back: never without a word."""
    from assess_tui.storage.copies import come_back

    if codes := come_back(restored, replaced, key):
        sys.stderr.write(
            f"assess-tui: back with this backup, though erased since: {', '.join(codes)}; assess-tui erase them again\n"
        )


def _refuse(folder: Path, key: bytes | None, backup: Content, *, replace: bool) -> None:
    """Say which of the two is newer; only --replace lets one take the other's place."""
    if not (folder / RECORD).exists():
        return
    said = _which_is_newer(folder / RECORD, key, backup)
    if not replace:
        raise BadInputError(
            f"{folder} holds a record already; {said}; --replace puts the backup in its place and keeps it"
        )
    sys.stderr.write(f"assess-tui: {said}\n")


def _which_is_newer(there: Path, key: bytes | None, backup: Content) -> str:
    from assess_tui.storage.content import content

    try:
        held = content(there, key)
    except StorageError:
        changed = _written(dt.datetime.fromtimestamp(there.stat().st_mtime).astimezone())
        said = "the record there cannot be opened to compare, its file was last changed"
        return f"{said} {changed}; the backup's last row {_moment(backup)}"
    here, then = held.last, backup.last
    if here == then:
        which = "both are of the same age"
    else:
        newer_here = then is None or (here is not None and here > then)
        which = "the record there is newer" if newer_here else "the backup is newer"
    return f"{which}: last row there {_moment(held)}, in the backup {_moment(backup)}"


def _counted(held: Content) -> str:
    return ", ".join(f"{count} {table}{'' if count == 1 else 's'}" for table, count in held.counts.items())


def _moment(held: Content) -> str:
    return _written(held.last) if held.last else "none"


def _written(moment: dt.datetime) -> str:
    return f"{short_day(moment.date())} {moment:%H:%M:%S}"


def _record_of(options: Asked) -> Path:
    path = data_folder(options) / RECORD
    if not path.exists():
        raise BadInputError(f"{path.parent} holds no record yet; name another folder with --data")
    return path
