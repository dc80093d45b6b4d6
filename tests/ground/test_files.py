import fcntl
import hashlib
import os
from pathlib import Path
from threading import Thread

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


def test_it_drops_and_keeps_the_same_bytes_at_once_without_losing_them(settings):
    """What keep() returned is there, whatever is dropped at the same moment."""
    lost = []

    def keep_often():
        for _time in range(300):
            digest = files.keep(b"both")
            # Kept a moment ago, so nobody may drop it before a day is over.
            lost.append(not files.path(digest).exists())

    def drop_often():
        digest = hashlib.sha256(b"both").hexdigest()
        for _time in range(300):
            place = files.path(digest)
            if place.exists():
                files.drop_idle(digest)

    threads = [Thread(target=keep_often), Thread(target=drop_often), Thread(target=keep_often)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lost) == 600
    assert not any(lost)


def test_it_waits_with_keeping_until_dropping_is_over(settings):
    """Keeping what is just dropped writes it anew, and does not find it there the last time."""
    digest = files.keep(b"both")
    folder = os.open(files.path(digest).parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    keeper = Thread(target=files.keep, args=(b"both",))
    keeper.start()
    keeper.join(timeout=0.2)
    assert keeper.is_alive()
    files.path(digest).unlink()
    os.close(folder)
    keeper.join(timeout=5)
    assert files.read(digest) == b"both"


def test_it_lists_and_drops_only_what_is_a_day_old(settings):
    fresh, old = files.keep(b"1"), files.keep(b"2")
    os.utime(files.path(old), (0, 0))
    assert (files.idle(fresh[:2]), files.idle(old[:2])) == ([], [old])
    assert (files.drop_idle(fresh), files.drop_idle(old)) == (None, 1)
    assert files.drop_idle(old) is None
    assert not files.touch(old)
