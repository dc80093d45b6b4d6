import errno
import os

import pytest

from amends.ground.occupied import HouseIsInUse, alone, stay


def test_many_can_be_in_a_house(tmp_path):
    for descriptor in [stay(tmp_path), stay(tmp_path)]:
        os.close(descriptor)


def test_nobody_is_alone_where_somebody_is(tmp_path):
    here = stay(tmp_path)
    with pytest.raises(HouseIsInUse), alone(tmp_path):
        pass
    os.close(here)
    with alone(tmp_path):
        pass


def test_nobody_comes_in_where_somebody_is_alone(tmp_path):
    with alone(tmp_path), pytest.raises(HouseIsInUse):
        stay(tmp_path)
    os.close(stay(tmp_path))


def test_it_is_shown_on_a_disk_that_can_only_be_read(tmp_path, monkeypatch):
    really_open = os.open

    def read_only(place, flags, *mode):
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, "Read-only file system")
        return really_open(place, flags, *mode)

    os.close(stay(tmp_path))
    monkeypatch.setattr(os, "open", read_only)
    here = stay(tmp_path)
    with pytest.raises(HouseIsInUse), alone(tmp_path):
        pass
    os.close(here)
