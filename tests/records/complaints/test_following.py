"""Which thread a mail goes on with, and above all with which it does not."""

from datetime import timedelta

import pytest

from amends.records.complaints.models import Contact


@pytest.fixture
def later(now):
    return now + timedelta(hours=5)


def _ours(complaint):
    return f"<{complaint.contact.messages.filter(direction='out').latest('at').message_id}>"


def test_it_goes_on_with_the_mail_that_it_answers(answered, receive, later):
    taken = receive("It is back.", at=later, subject="Hm", In_Reply_To=_ours(answered))
    assert (taken.what, taken.contact) == ("reply", answered.contact)
    assert Contact.objects.get().last_direction == "in"


def test_it_goes_on_by_its_references(answered, receive, later):
    chain = f"<other@mail.example> {_ours(answered)} <last@mail.example>"
    assert receive(at=later, subject="Hm", References=chain).contact == answered.contact


@pytest.mark.parametrize("subject", ["Re: Bill [{}]", "{}", "AW: re: {} - still", "case {}!"])
def test_it_goes_on_by_the_reference_in_its_subject(answered, receive, later, subject):
    subject = subject.format(answered.contact.reference.lower())
    assert receive(at=later, subject=subject).contact == answered.contact


def test_it_begins_a_new_thread_for_a_new_matter(answered, receive, later):
    taken = receive(at=later, subject="Something else")
    assert (taken.what, taken.contact.customer) == ("contact", answered.contact.customer)
    assert taken.contact != answered.contact


@pytest.mark.parametrize("sender", ["eve@elsewhere.example", "", "Olga Nowak"])
def test_it_never_leads_into_a_strangers_case(answered, receive, later, sender):
    taken = receive(
        at=later, sender=sender, subject=f"Re: {answered.contact.reference}",
        In_Reply_To=_ours(answered),
    )  # fmt: skip
    assert (taken.what, taken.contact == answered.contact) == ("contact", False)
    assert answered.contact.messages.filter(direction="in").count() == 1


def test_it_takes_nobody_in_cc_for_a_party(answered, receive, later):
    receive("Adding Eve.", at=later, subject=answered.contact.reference, Cc="eve@elsewhere.example")
    taken = receive(at=later, sender="eve@elsewhere.example", subject=answered.contact.reference)
    assert taken.contact != answered.contact


def test_it_takes_the_reply_to_of_a_stranger_for_no_party(answered, receive, later):
    taken = receive(
        at=later, sender="eve@elsewhere.example", subject=answered.contact.reference,
        Reply_To="olga@customer.example",
    )  # fmt: skip
    assert taken.contact != answered.contact


def test_it_lets_a_representative_go_on(answered, receive, later):
    answered.contact.customer.represent_by(
        name="Lawyer", address="Lawyer@Office.example", relation="lawyer"
    )
    taken = receive(
        "For my client",
        at=later,
        sender="LAWYER@office.example",
        subject=answered.contact.reference,
    )
    assert taken.contact == answered.contact
    assert answered.contact.address_of_customer() == "lawyer@office.example"


def test_it_lets_another_address_of_the_customer_go_on(answered, receive, later):
    answered.contact.customer.add_address("olga@work.example")
    taken = receive(at=later, sender="olga@WORK.example", subject=answered.contact.reference)
    assert taken.contact == answered.contact


def test_it_goes_on_with_who_has_answers_sent_elsewhere(receive, later, now):
    ways = {"sender": "olga@office.example", "Reply_To": "olga@home.example"}
    first = receive(at=now, **ways)
    assert first.contact.address_of_customer() == "olga@home.example"
    again = receive("More of it", at=later, subject=f"Re: {first.contact.reference}", **ways)
    assert again.contact == first.contact


def test_it_does_not_go_on_with_a_reference_that_is_another_customers(answered, receive, later):
    mine = receive(at=later, sender="eve@elsewhere.example", subject="Mine").contact
    taken = receive(
        "And mine?", at=later, sender="eve@elsewhere.example",
        subject=f"{answered.contact.reference} {mine.reference}",
    )  # fmt: skip
    assert taken.contact == mine
