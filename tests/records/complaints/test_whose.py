"""Who writes for whom, and who never becomes a party: whoever is in Cc."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints import refusals
from amends.records.complaints.models import Contact
from amends.records.complaints.whose import (
    add_representative,
    remove_representative,
    write_for,
)
from amends.records.post.models import Outgoing


@pytest.fixture
def later(now):
    return now + timedelta(hours=1)


def fresh(contact):
    return Contact.objects.select_related("customer").get(pk=contact.pk)


def test_it_is_the_other_customers_and_answers_go_to_who_wrote(
    complaint, cast, later, receive, verbs
):
    contact = complaint.contact
    write_for(
        contact, name="Ida Nowak", phone="600 100 200", relation="daughter", by=cast.ana, at=later
    )
    contact = fresh(contact)
    assert contact.customer.name == "Ida Nowak"
    representative = contact.customer.representatives.get()
    assert (representative.name, representative.relation) == ("Olga Nowak", "daughter")
    assert "written_for" in verbs(contact)
    send_answer(contact, Answer(text="It is taken off."), by=cast.ana, at=later)
    assert Outgoing.objects.latest("created_at").to_address == "olga@customer.example"
    more = receive("Thank you, and when?", subject=contact.reference, at=later)
    assert more.contact == contact


def test_it_finds_a_customer_whom_we_know(complaint, cast, later, receive):
    ida = receive("Mine", sender="Ida <ida@nowak.example>", subject="Mine").contact.customer
    write_for(complaint.contact, name="Ida N", address="IDA@nowak.example", by=cast.ana, at=later)
    assert fresh(complaint.contact).customer == ida


def test_it_refuses_what_makes_no_sense(complaint, cast, later, receive):
    contact = complaint.contact
    for words, refusal in (
        ({"name": " "}, refusals.NameMissing),
        ({"name": "Olga", "address": "olga@customer.example"}, refusals.SameCustomer),
        ({"name": "Us", "address": "help@house.example"}, refusals.AddressOfOurs),
    ):
        with pytest.raises(refusal):
            write_for(contact, by=cast.ana, at=later, **words)
    other = receive("My 200!", subject="200").contact
    other.merge_into(contact, by=cast.ana, at=later)
    with pytest.raises(refusals.FollowsAnother):
        write_for(fresh(other), name="Ida", by=cast.ana, at=later)
    with pytest.raises(refusals.OthersFollowIt):
        write_for(fresh(contact), name="Ida", by=cast.ana, at=later)
    assert fresh(contact).customer == cast.olga


def test_it_lets_a_representative_write_until_removed(complaint, cast, later, receive, verbs):
    contact = complaint.contact
    leo = add_representative(
        contact, name="Leo Law", address="leo@law.example", relation="lawyer", by=cast.ana, at=later
    )
    first = receive("For my client", sender="leo@law.example", subject=contact.reference, at=later)
    assert first.contact == contact
    remove_representative(contact, leo, by=cast.ana, at=later)
    again = receive("And now", sender="leo@law.example", subject=contact.reference, at=later)
    assert again.contact != contact
    assert fresh(contact).address_of_customer() == "olga@customer.example"
    assert {"representative_added", "representative_removed"} <= set(verbs(contact))


def test_it_lets_no_address_of_ours_represent(complaint, cast, later):
    with pytest.raises(refusals.AddressOfOurs):
        add_representative(
            complaint.contact, name="Us", address="help@house.example", relation="", by=cast.ana,
            at=later,
        )  # fmt: skip


def test_who_is_in_cc_gets_no_mail_and_no_way_in(receive, cast, later, post_office):
    contact = receive(
        "It is broken.", subject="Broken", Cc="Eve <eve@elsewhere.example>, help@house.example"
    ).contact
    contact.decide("complaint", by=cast.ana, at=later)
    send_answer(contact, Answer(text="A new one is on its way."), by=cast.ana, at=later)
    post_office.accept(later + timedelta(minutes=1))
    assert {mail.to_address for mail in Outgoing.objects.all()} == {"olga@customer.example"}
    for mail in Outgoing.objects.all():
        assert b"eve@elsewhere.example" not in mail.mime()
    named = f"<{contact.messages.filter(direction='out').latest('at').message_id}>"
    answer = receive(
        "I read it too.", sender="eve@elsewhere.example", at=later, subject=f"Re: {contact.subject}",
        In_Reply_To=named, References=named,
    )  # fmt: skip
    assert (answer.what, answer.contact == contact) == ("contact", False)
    assert not contact.is_party("eve@elsewhere.example")
