"""TXT records from a name server on loopback: absence told from silence."""

import pytest

from amends.ground import zone
from amends.ground.zone import Silent, texts
from zone_server import Zone


def test_it_reads_texts_and_tells_absence_from_silence(monkeypatch):
    monkeypatch.setattr(zone, "_SECONDS", 0.5)
    records = {"x.example": ["v=spf1 -all", "other"], "empty.example": [], "mute.example": None}
    with Zone(records) as there:
        ask = there.resolver()
        assert texts(["x.example", "empty.example", "none.example"], ask) == {
            "x.example": ["other", "v=spf1 -all"], "empty.example": [], "none.example": [],
        }  # fmt: skip
        with pytest.raises(Silent):
            texts(["x.example", "mute.example"], ask)


@pytest.mark.parametrize("name", ["x" * 64 + ".example", "a..example", "ź" * 70 + ".example"])
def test_it_takes_a_name_that_can_not_be_for_silence(name):
    with Zone({}) as there, pytest.raises(Silent):
        texts([name], there.resolver())


def test_it_joins_what_is_in_pieces_and_cuts_what_is_too_long(monkeypatch):
    with Zone({"x.example": ["a" * 250]}) as there:
        monkeypatch.setattr(zone, "_LONGEST", 100)
        assert texts(["x.example"], there.resolver()) == {"x.example": ["a" * 100]}
