"""One row per case: what happened to it, in numbers, and nobody else's."""

from datetime import timedelta
from decimal import Decimal

from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.models import Contact, Paraphrase
from amends.records.insights.case_rows import COLUMNS, case_rows


def rows(person):
    return list(case_rows(Contact.objects.visible_to(person)))


def test_it_tells_what_happened_to_a_case(cast, complaint, now):
    complaint.add_point("Billed 200", by=cast.ana, at=now)
    point = complaint.add_point("Rude clerk", by=cast.ana, at=now)
    done = PutRight("200 back", Decimal("200.00"), "PLN", delivered=True)
    more = PutRight("A voucher", Decimal("20.50"), "EUR", gesture=True)
    send_answer(
        complaint.contact,
        Answer(
            text="I am sorry.", promises=(Promised("Call", now + timedelta(days=1)),),
            remedies=(done, more), points_answered=(str(point.pk),),
        ),
        by=cast.ana, at=now + timedelta(minutes=1),
    )  # fmt: skip
    complaint.contact.promise_due_at = None
    complaint.deny(words="Still not there.", at=now + timedelta(minutes=2))
    (row,) = rows(cast.ana)
    assert tuple(row) == COLUMNS
    assert row["reference"] == complaint.contact.reference
    assert row["first_answer_at"] == now + timedelta(minutes=1)
    counted = ("points", "points_answered", "promises", "remedies", "gestures", "not_solved")
    assert [row[name] for name in counted] == [2, 1, 1, 1, 1, 1]
    assert (row["remedies_delivered"], row["costs"]) == (1, "200.00 PLN")
    assert (row["owner"], row["team"], row["severity"]) == ("Ana Example", "Care", 2)


def test_it_has_rows_for_what_is_no_complaint(cast, contact):
    (row,) = rows(cast.ana)
    assert (row["kind"], row["goal"], row["points"], row["answers"]) == (
        "undecided",
        None,
        None,
        None,
    )


def test_it_leaves_out_what_the_person_may_not_see(cast, contact, now):
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert rows(cast.ana) == []
    assert len(rows(cast.beata)) == 1


def test_it_tells_whether_we_asked_and_had_understood(cast, complaint, now):
    asked = ("asked_if_understood_at", "understood_right")
    assert [rows(cast.ana)[0][name] for name in asked] == [None, None]
    answer = Answer(text="So you want 200 back.", asks_understood=True)
    send_answer(complaint.contact, answer, by=cast.ana, at=now + timedelta(minutes=1))
    at = now + timedelta(minutes=1)
    assert [rows(cast.ana)[0][name] for name in asked] == [at, None]
    paraphrase = Paraphrase.objects.select_related("complaint__contact__customer").get()
    paraphrase.agree(words="", at=now + timedelta(hours=1))
    assert [rows(cast.ana)[0][name] for name in asked] == [at, True]
