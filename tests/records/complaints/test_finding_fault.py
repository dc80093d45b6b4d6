"""Fault by evidence: each time somebody says whose it is, a row says what shows it."""


def test_it_keeps_what_shows_whose_fault_it_is(cast, complaint, now):
    complaint.understand(by=cast.ana, at=now, fault="ours", evidence="  The order says 0.  ")
    complaint.understand(by=cast.ewa, at=now, fault="outside", evidence="The courier’s scan.")
    rows = complaint.findings.order_by("id").values_list("fault", "evidence", "actor_name")
    assert list(rows) == [
        ("ours", "The order says 0.", "Ana Example"),
        ("outside", "The courier’s scan.", "Ewa Example"),
    ]


def test_it_keeps_no_row_where_nothing_is_found(cast, complaint, now):
    complaint.understand(by=cast.ana, at=now, severity=3, evidence="words")
    complaint.understand(by=cast.ana, at=now, fault=complaint.fault)
    assert not complaint.findings.exists()
