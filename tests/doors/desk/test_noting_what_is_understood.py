"""Expected and got, trust and what shows the fault: noted on the case, and nowhere else."""

from amends.records.answering.standing import standing_of
from amends.records.complaints.links import token_for

TYPED = {
    "understanding-goal": "Take 200 off", "understanding-severity": "3",
    "understanding-fault": "ours", "understanding-evidence": "The order says 0.",
    "understanding-expected": "Two for nothing", "understanding-got": "A bill of 200",
    "understanding-trust": "distrusts",
}  # fmt: skip


def test_it_shows_what_was_expected_got_noticed_and_found(ana, complaint, to, again):
    ana.post(to("understanding", complaint.contact), TYPED)
    noted = again(complaint)
    assert (noted.expected, noted.got, noted.trust) == (
        "Two for nothing",
        "A bill of 200",
        "distrusts",
    )
    page = ana.get(to("case", complaint.contact)).content.decode()
    for words in (
        "Two for nothing",
        "A bill of 200",
        "doesn’t trust us",
        "Shown by: The order says 0.",
    ):
        assert words in page


def test_it_never_tells_the_customer_of_trust_or_fault(ana, client, complaint, to, again, clock):
    ana.post(to("understanding", complaint.contact), TYPED)
    contact = again(complaint).contact
    status = client.get(f"/status/{token_for(contact)}/").content.decode()
    assert "distrusts" not in status
    assert "doesn’t trust us" not in status
    assert "The order says 0." not in status
    assert "distrusts" not in repr(standing_of(contact, at=clock()))


def test_it_says_how_many_points_are_answered(ana, cast, complaint, now, to):
    complaint.add_point("Billed 200", by=cast.ana, at=now)
    complaint.add_point("Rude clerk", by=cast.ana, at=now).answer(by=cast.ana, at=now)
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "1 of 2 answered" in page
    assert "1 open" in page


def test_it_takes_no_trust_that_is_none(ana, complaint, to, again):
    answer = ana.post(
        to("understanding", complaint.contact), {**TYPED, "understanding-trust": "mad"}
    )
    assert answer.status_code == 422
    assert again(complaint).trust == ""
