from datetime import timedelta

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Contact


def test_it_puts_a_no_that_nobody_has_answered_before_one_that_is(cast, receive, now):
    earlier = receive(subject="One", sender="One <one@customer.example>").contact
    later = receive(subject="Two", sender="Two <two@customer.example>").contact
    for contact in (earlier, later):
        contact.decide("complaint", by=cast.ana, at=now)
        send_answer(contact, Answer(text="It is put right."), by=cast.ana, at=now)
    earlier.complaint.understand(by=cast.ana, at=now, severity=4)
    earlier.complaint.deny(words="No.", at=now + timedelta(hours=1))
    again = now + timedelta(hours=2)
    send_answer(earlier, Answer(text="Now it is."), by=cast.ana, at=again)
    later.complaint.deny(words="No.", at=now + timedelta(hours=3))
    fresh = receive(subject="Three", sender="Three <three@customer.example>").contact
    order = list(Contact.objects.open().in_working_order(now + timedelta(days=1)))
    assert order == [later, earlier, fresh]
