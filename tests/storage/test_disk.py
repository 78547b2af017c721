"""What a data folder stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess_tui.storage.disk import latency, mode_words, network_kind, versions

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
nas:/clinic /srv/clinic nfs4 rw,vers=4.2 0 0
//nas/share /mnt/My\\040Share cifs rw 0 0
/dev/sdb1 /srv/clinic/local ext4 rw 0 0
host /mnt/host 9p rw 0 0
someone@there: /mnt/there fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
/dev/sda1 /media/stick vfat rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/clinic", "nfs4"),
        ("/srv/clinic/data/assess", "nfs4"),
        ("/srv/clinic/local/data", ""),
        ("/srv/clinical", ""),
        ("/mnt/My Share/data", "cifs"),
        ("/mnt/host/data", "9p"),
        ("/mnt/there", "fuse.sshfs"),
        ("/home/kim/.local/share/assess-tui", ""),
        ("/tmp/data", ""),  # noqa: S108  a name, not a file
        ("/media/stick/data", ""),
    ],
)
def test_a_network_drive_is_known_by_its_mount(folder: str, kind: str) -> None:
    assert network_kind(Path(folder), MOUNTS) == kind


def test_where_nothing_is_told_nothing_is_said(tmp_path: Path) -> None:
    assert network_kind(tmp_path, "") == ""


def test_a_folder_reached_by_a_link_counts_where_it_is(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert network_kind(link, f"/dev/vda / ext4 rw 0 0\nnas:/x {real} nfs rw 0 0\n") == "nfs"


def test_commits_are_timed_and_leave_nothing(tmp_path: Path) -> None:
    timed = latency(tmp_path, commits=20)
    assert 0 < timed.middle <= timed.p95
    assert list(tmp_path.iterdir()) == []


def test_rights_that_let_others_read_are_said(tmp_path: Path) -> None:
    file = tmp_path / "clinic.db"
    assert mode_words(file) == "not there"
    file.touch()
    file.chmod(0o600)
    assert mode_words(file) == "0600"
    file.chmod(0o644)
    assert mode_words(file).startswith("0644 (others may read it")


def test_the_database_is_the_one_that_encrypts() -> None:
    assert versions()["SQLCipher"].startswith("4.")
