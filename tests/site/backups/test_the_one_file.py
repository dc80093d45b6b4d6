"""The file of a back-up: half of it, or one that was changed, is none."""

import io
import tarfile
from pathlib import Path

import pytest

from amends.ground import files
from amends.site.backups import archive, taking
from amends.site.backups.archive import About, DamagedBackup, NotABackup

ABOUT = About("2026-11-25T09:00:00+00:00", "sqlite", ["house.0001_initial"])


def say(_line):
    pass


@pytest.fixture
def kept(settings):
    home = Path(settings.HOUSE_HOME)
    (home / "db").write_bytes(b"rows" * 1000)
    (home / "secret").write_text("the key")
    return [files.keep(b"One mail."), files.keep(b"Another mail." * 100)]


@pytest.fixture
def whole(kept, settings):
    home = Path(settings.HOUSE_HOME)
    place = home / "house.tar"
    archive.write(place, ABOUT, home / "db", home, say)
    return place


def test_it_holds_database_keys_and_files(whole, kept, tmp_path):
    about, contents = archive.unpack(whole, tmp_path / "out", say)
    assert about == ABOUT
    assert contents.files == 2
    assert (tmp_path / "out" / "database").read_bytes() == b"rows" * 1000
    assert (tmp_path / "out" / "secret").read_text() == "the key"
    for digest in kept:
        unpacked = tmp_path / "out" / files.path(digest).relative_to(tmp_path)
        assert unpacked.read_bytes() == files.read(digest)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_it_is_refused_when_its_end_is_missing(whole, tmp_path, part):
    content = whole.read_bytes().rstrip(b"\0")
    whole.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(DamagedBackup):
        archive.unpack(whole, tmp_path / "out", say)


@pytest.mark.parametrize("changed", [b"One mail.", b"the key", b"rowsrows"])
def test_it_is_refused_when_a_byte_is_another(whole, tmp_path, changed):
    whole.write_bytes(whole.read_bytes().replace(changed, changed[::-1], 1))
    with pytest.raises(DamagedBackup):
        archive.unpack(whole, tmp_path / "out", say)


@pytest.mark.parametrize("other", [b"", b"no tar at all", b"\0" * 10240])
def test_it_is_refused_when_it_is_something_else(tmp_path, other):
    place = tmp_path / "other.tar"
    place.write_bytes(other)
    with pytest.raises(NotABackup):
        archive.unpack(place, tmp_path / "out", say)


@pytest.mark.parametrize(
    "name", ["../out-of-it", "/etc/passwd", "keys/../../x", "files/aa/bb/../../../x", "keys/other"]
)
def test_it_never_makes_a_path_of_a_strange_name(whole, tmp_path, name):
    with tarfile.open(whole) as tar:
        first = tar.extractfile("about.json").read()
    place = tmp_path / "hostile.tar"
    with tarfile.open(place, "w") as tar:
        for entry, content in (("about.json", first), (name, b"x")):
            info = tarfile.TarInfo(entry)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    with pytest.raises(NotABackup):
        archive.unpack(place, tmp_path / "out", say)
    assert not (tmp_path / "out").exists()


def test_it_tells_what_was_damaged_on_the_disk_and_saves_the_rest(kept, settings, tmp_path):
    home = Path(settings.HOUSE_HOME)
    files.path(kept[0]).write_bytes(b"rotten")
    contents = archive.write(home / "house.tar", ABOUT, home / "db", home, say)
    assert contents.damaged == [kept[0]]
    archive.unpack(home / "house.tar", tmp_path / "out", say)


def test_it_leaves_nothing_behind_when_it_fails(kept, settings):
    home = Path(settings.HOUSE_HOME)
    with pytest.raises(FileNotFoundError):
        archive.write(home / "house.tar", ABOUT, home / "no-such-database", home, say)
    assert not [left for left in home.iterdir() if "house.tar" in left.name]


def test_it_keeps_the_latest_only(tmp_path):
    for day in (1, 2, 3):
        (tmp_path / f"amends-2026110{day}-010101.tar").touch()
    (tmp_path / "mine.tar").touch()
    gone = taking.forget_older(tmp_path, 2)
    assert [place.name for place in gone] == ["amends-20261101-010101.tar"]
    assert len(list(tmp_path.iterdir())) == 3
