"""Which thread a mail goes on with, and above all with which it does not."""

from datetime import timedelta

import pytest

from amends.records.complaints.following import candidates_for, choose
from amends.records.complaints.knowledge import read_letter
from amends.records.complaints.models import Contact
from amends.records.post.models import Outgoing
from amends.records.post.reply_addresses import reply_address as tagged


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


@pytest.fixture
def reply_address(settings, contact, cast, now):
    """Where Ana's answer asks for replies, at a mail server that takes tags."""
    settings.REPLY_TAGS = True
    contact.reply(text="Soon.", by=cast.ana, at=now, undo=timedelta(0))
    return Outgoing.objects.get().reply_to


def test_it_goes_on_by_the_address_that_it_was_written_to(reply_address, contact, receive, later):
    assert reply_address.startswith(f"help+{contact.reference.lower()}.")
    assert receive("Hm", at=later, subject="", to=reply_address).contact == contact


def test_it_goes_on_by_an_address_in_another_case(reply_address, contact, receive, later):
    assert receive("Hm", at=later, subject="", to=reply_address.upper()).contact == contact


def test_it_goes_on_by_the_envelope_when_the_header_hides_it(reply_address, contact):
    letter = read_letter(b"From: olga@customer.example\nTo: undisclosed:;\n\nHm\n")
    assert choose(letter, candidates_for(letter)) is None
    assert choose(letter, candidates_for(letter, [reply_address])) == contact


def test_it_lets_nobody_in_by_a_reply_address_alone(reply_address, contact, receive, later):
    taken = receive("Hm", at=later, subject="", to=reply_address, sender="eve@elsewhere.example")
    assert taken.contact != contact


@pytest.mark.parametrize("change", [(".", ".0"), ("+", "+x"), (".", "-")])
def test_it_believes_no_reply_address_that_we_did_not_sign(
    reply_address, contact, receive, later, change
):
    local, _at, domain = reply_address.partition("@")
    forged = f"{local.replace(*change)[:60]}@{domain}"
    assert receive("Hm", at=later, subject="", to=forged).contact != contact


def test_it_signs_each_thread_by_itself(reply_address, contact, receive, later, now):
    other = receive("Mine", at=now, subject="Mine").contact
    swapped = reply_address.replace(contact.reference.lower(), other.reference.lower())
    assert receive("Hm", at=later, subject="", to=swapped).what == "contact"


def test_it_asks_for_replies_at_the_plain_address_where_no_tag_is_taken(contact, cast, now):
    contact.reply(text="Soon.", by=cast.ana, at=now)
    assert b"Reply-To" not in Outgoing.objects.get().mime()


def test_it_writes_no_address_that_is_longer_than_mail_allows(settings):
    settings.REPLY_TAGS = True
    long = f"{'h' * 60}@house.example"
    assert tagged(long, "AM-7K3F9") == long


@pytest.mark.parametrize("way", ["In_Reply_To", "subject", "to"])
def test_it_follows_a_merge_however_late(
    settings, contact, cast, receive, later, now, way, complaint
):
    settings.REPLY_TAGS = True
    contact.reply(text="Soon.", by=cast.ana, at=now, undo=timedelta(0))
    sent = Outgoing.objects.get()
    head = receive("The same again", at=now, subject="Again").contact
    head.decide("complaint", by=cast.ana, at=now)
    Contact.objects.get(pk=contact.pk).merge_into(head, by=cast.ana, at=now)
    named = {
        "In_Reply_To": {"In_Reply_To": sent.message_id, "subject": "Hm"},
        "subject": {"subject": f"Re: {contact.reference}"},
        "to": {"to": sent.reply_to, "subject": "Hm"},
    }[way]
    taken = receive("Late", at=later + timedelta(days=90), **named)
    assert (taken.what, taken.contact, taken.message.contact) == ("reply", head, head)


def test_it_chooses_without_asking_the_database(
    answered, now, django_assert_num_queries, receive, later
):
    raw = f"From: olga@customer.example\nSubject: {answered.contact.reference}\n\nHm\n"
    letter = read_letter(raw.encode())
    with django_assert_num_queries(3):
        candidates = candidates_for(letter)
    with django_assert_num_queries(0):
        assert choose(letter, candidates) == answered.contact
