import hashlib
import os
from pathlib import Path

import pytest

from amends.ground import files


def kept(settings):
    return [path for path in Path(settings.HOUSE_HOME, "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"abc", bytes(range(256)) * 9000])
def test_it_gives_back_the_bytes_by_their_digest(content):
    digest = files.keep(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert files.read(digest) == content


def test_it_keeps_the_same_bytes_once(settings):
    assert files.keep(b"abc") == files.keep(b"abc")
    assert len(kept(settings)) == 1


def test_it_has_no_bytes_that_were_never_kept():
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)


def test_it_is_on_the_disk_with_all_its_folders_before_anyone_is_told(monkeypatch, settings):
    synced = []
    plain = os.fsync

    def fsync(descriptor):
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        plain(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    place = files.path(files.keep(b"abc"))
    home = Path(settings.HOUSE_HOME).resolve()
    folders = {
        str(folder) for folder in place.resolve().parents if home in (folder, *folder.parents)
    }
    assert folders <= set(synced)
    assert len(set(synced) - folders) == 1


def test_it_leaves_no_half_of_a_file_when_the_disk_is_full(monkeypatch, settings):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            files.keep(b"abc")
    assert kept(settings) == []
    assert files.read(files.keep(b"abc")) == b"abc"
