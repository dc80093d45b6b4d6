"""A house that is neutral until investigated: a fault needs what shows it."""

import pytest

from amends.records.complaints.refusals import EvidenceMissing


@pytest.fixture
def neutral(cast, now):
    cast.house.set(stance="neutral", by=cast.ewa, at=now)


@pytest.mark.parametrize("fault", ["ours", "customer", "outside"])
@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_it_finds_no_fault_that_nothing_shows(neutral, cast, complaint, now, fault, evidence):
    with pytest.raises(EvidenceMissing):
        complaint.understand(by=cast.ana, at=now, fault=fault, evidence=evidence, severity=1)
    complaint.refresh_from_db()
    assert (complaint.fault, complaint.severity) == ("unknown", 2)
    assert not complaint.findings.exists()


def test_it_finds_what_something_shows_and_opens_it_again(neutral, cast, complaint, now):
    complaint.understand(by=cast.ana, at=now, fault="ours", evidence="The order says 0.")
    complaint.understand(by=cast.ana, at=now, fault="ours", severity=1)
    assert (complaint.fault, complaint.severity) == ("ours", 1)
    complaint.understand(by=cast.ana, at=now, fault="unknown")
    assert complaint.fault == "unknown"


@pytest.mark.parametrize("stance", ["evidence", "concede"])
def test_other_houses_ask_for_nothing(cast, complaint, now, stance):
    cast.house.set(stance=stance, by=cast.ewa, at=now)
    complaint.understand(by=cast.ana, at=now, fault="outside")
    assert complaint.fault == "outside"
