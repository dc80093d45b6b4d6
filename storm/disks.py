"""A disk that is full, and one that can only be read: on a small disk of the house's own."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.mails import write_mails

from storm.trial import Trial, trial

_SIZE, _COMES_BACK_SECONDS = "64m", 150
_MAILS = 12


class NoDisk(Exception):
    """No disk can be made here: that needs root."""


class _Filler(threading.Thread):
    """Takes all the room there is, and what becomes free too."""

    def __init__(self, place: Path) -> None:
        super().__init__(daemon=True)
        self.place = place
        self._enough = threading.Event()

    def fill(self) -> None:
        self._take()
        self.start()

    def empty(self) -> None:
        self._enough.set()
        self.join()
        self.place.unlink()

    def run(self) -> None:
        while not self._enough.wait(0.02):
            self._take()

    def _take(self) -> None:
        with self.place.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while file.write(b"\0" * size) == size:
                        pass


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place)],
        check=False, capture_output=True,
    )  # fmt: skip
    if made.returncode:
        raise NoDisk
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def full(scratch: Path) -> Trial:
    """Fill it at the worst instant: the mail server has a mail, and its answer is not on disk."""
    with small_disk(scratch / "full disk") as disk, trial(
        scratch, "full", home=disk / "house"
    ) as tried:  # fmt: skip
        tried.come_in()
        tried.tell(is_kept=True)
        tried.hand_in(_MAILS)
        tried.settle()
        filler = _Filler(disk / "filler")
        tried.server.just_before = filler.fill
        tried.hand_in(1)
        tried.wait("the disk is full", 60, filler.place.exists)
        _stands(tried, scratch / "mails of full", is_kept=None)
        tried.expect("something was refused", tried.refused)
        tried.expect("/health names the disk", "disk" in tried.health()["failing"])
        filler.empty()
        _comes_back(tried, scratch / "mails of full")
        tried.count()
        return tried


def read_only(scratch: Path) -> Trial:
    """Let its machine come up again, after a power cut, with the disk closed for writing."""
    with small_disk(scratch / "closed disk") as disk, trial(
        scratch, "read-only", home=disk / "house"
    ) as tried:  # fmt: skip
        tried.come_in()
        tried.tell(is_kept=True)
        tried.hand_in(_MAILS)
        tried.settle()
        for name in tried.house.roles:
            tried.house.stop(name)
        _remount(disk, "ro")
        for name in tried.house.roles:
            tried.house.start(name)
        tried.house.wait_for_web()
        _stands(tried, scratch / "mails of read-only", is_kept=False)
        tried.expect("/health says it", tried.health()["state"] != "good")
        _remount(disk, "rw")
        _comes_back(tried, scratch / "mails of read-only")
        tried.count()
        return tried


def _remount(disk: Path, how: str) -> None:
    for _try in range(20):
        done = subprocess.run(
            ["mount", "-o", f"remount,{how}", str(disk)], check=False, capture_output=True
        )
        if not done.returncode:
            return
        time.sleep(0.5)
    raise NoDisk


def _stands(tried: Trial, mails: Path, *, is_kept: bool | None) -> None:
    """See that nothing is said to be kept now, nothing typed is lost, and the desk shows cases."""
    size = tried.house.log.stat().st_size if tried.house.log else 0
    tried.offer_in_vain()
    tried.tell(is_kept=is_kept)
    tried.note()
    write_mails(mails, _MAILS, seed=99)
    took = tried.house.call("intake", str(mails))
    tried.expect(f"intake ends with 1: {took.stderr[-300:]}", took.returncode == 1)
    tried.expect(f"intake has no trace: {took.stderr[-300:]}", "Traceback" not in took.stderr)
    tried.expect("intake leaves the files", len(list(mails.iterdir())) == _MAILS)
    time.sleep(5)
    tried.is_quiet(size, 60)


def _comes_back(tried: Trial, mails: Path) -> None:
    tried.offer_again()
    tried.tell(is_kept=True)
    took = tried.house.call("intake", str(mails))
    tried.expect(f"intake takes them in: {took.stderr[-300:]}", took.returncode == 0)
    tried.fed |= {f"99.{number}@mail.example" for number in range(_MAILS)}
    tried.settle(_COMES_BACK_SECONDS)
