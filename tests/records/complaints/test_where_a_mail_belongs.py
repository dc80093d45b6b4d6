"""A stranger's mail that names a case is offered to it, to who may see it, and to nobody else."""

from datetime import timedelta

import pytest

from amends.records.complaints import refusals
from amends.records.complaints.belonging import join, part, stand_alone
from amends.records.complaints.links import url_for
from amends.records.complaints.models import Belonging, Contact
from amends.records.complaints.models.belonging import MOST_OFFERED
from amends.records.customers.models import Customer
from amends.records.post.models import Outgoing

EVE = "Eve Nowak <eve@elsewhere.example>"


@pytest.fixture
def later(now):
    return now + timedelta(hours=5)


def _ours(complaint):
    return f"<{complaint.contact.messages.filter(direction='out').latest('at').message_id}>"


@pytest.fixture
def offered(answered, receive, later):
    """The offer that a mail of Eve's, who is no party, makes by answering ours to Olga."""
    taken = receive("About my sister's bill", at=later, sender=EVE, subject="Hm",
                    In_Reply_To=_ours(answered))  # fmt: skip
    return Belonging.objects.get(contact=taken.contact)


@pytest.mark.parametrize("way", ["In_Reply_To", "References", "subject", "to"])
def test_it_offers_the_case_that_a_strangers_mail_names(
    settings, contact, cast, receive, later, now, way
):
    settings.REPLY_TAGS = True
    contact.reply(text="Soon.", by=cast.ana, at=now, undo=timedelta(0))
    sent = Outgoing.objects.get()
    named = {
        "In_Reply_To": {"In_Reply_To": sent.message_id},
        "References": {"References": f"<other@mail.example> {sent.message_id}"},
        "subject": {"subject": f"Re: [{contact.reference}]"},
        "to": {"to": sent.reply_to},
    }[way]
    taken = receive("Hm", at=later, sender=EVE, **{"subject": "Hm", **named})
    assert (taken.what, taken.contact != contact) == ("contact", True)
    assert [offer.case for offer in Belonging.objects.filter(contact=taken.contact)] == [contact]


def test_it_offers_by_the_customers_own_message_id(cast, receive, now, later):
    hers = receive(at=now, Message_ID="<hers@customer.example>").contact
    taken = receive("Hm", at=later, sender=EVE, In_Reply_To="<hers@customer.example>")
    assert taken.contact.belongings.get().case == hers


def test_it_offers_nothing_for_a_party_or_a_name_that_is_none(answered, receive, later):
    receive(at=later, subject=answered.contact.reference)
    receive("Hm", at=later, sender=EVE, subject="AM-22222", In_Reply_To="<none@mail.example>")
    assert not Belonging.objects.exists()


def test_it_offers_three_at_most_however_many_are_guessed(cast, receive, now, later):
    known = [receive("Mine", at=now, subject=f"Mine {n}").contact for n in range(5)]
    taken = receive("Hm", at=later, sender=EVE, subject=" ".join(one.reference for one in known))
    assert taken.contact.belongings.count() == MOST_OFFERED == 3


def test_it_offers_the_head_of_what_is_merged_once(contact, cast, receive, now, later):
    head = receive("The same again", at=now, subject="Again").contact
    contact.merge_into(head, by=cast.ana, at=now)
    both = f"{contact.reference} {head.reference}"
    taken = receive("Hm", at=later, sender=EVE, subject=both)
    assert [offer.case for offer in taken.contact.belongings.all()] == [head]


def test_it_tells_the_guesser_the_same_as_somebody_who_guesses_wrong(answered, receive, later):
    """Only the address of the status page and the reference of their own differ."""

    def told(sender, reference):
        taken = receive("Hm", at=later, sender=sender, subject=f"Re: {reference}")
        ours = taken.contact.messages.get(direction="out")
        said = f"{ours.subject}\n{ours.text}\n{ours.outgoing.references}"
        for own in (url_for(taken.contact), taken.contact.reference, reference):
            said = said.replace(own, "…")
        message_id = taken.message.message_id
        return said.replace(message_id, "") if message_id else said

    right = told("a@elsewhere.example", answered.contact.reference)
    assert right == told("b@elsewhere.example", "AM-22222")
    assert "Olga" not in right
    assert answered.contact.subject not in right


def test_it_changes_nothing_in_the_case_that_was_named(answered, receive, later, verbs):
    before = Contact.objects.values().get(pk=answered.contact.pk), verbs(answered.contact)
    taken = receive("Hm", at=later, sender=EVE, subject=answered.contact.reference,
                    In_Reply_To=_ours(answered))  # fmt: skip
    after = Contact.objects.values().get(pk=answered.contact.pk), verbs(answered.contact)
    assert before == after
    # Not even the new contact's timeline says so, which others may read.
    assert verbs(taken.contact) == ["arrived", "sent_by_itself"]


def test_it_offers_nothing_to_who_may_not_see_the_case(offered, cast, later):
    offered.case.hand_to(team=cast.office, by=cast.ewa, at=later)
    assert not Belonging.objects.seen_by(cast.ana)
    assert Belonging.objects.seen_by(cast.petra).get() == offered
    with pytest.raises(refusals.AlreadyAnswered):
        stand_alone(offered.contact, by=cast.ana, at=later)


def test_it_offers_nothing_where_the_head_is_out_of_sight(offered, cast, receive, later, now):
    head = receive("The same again", at=now, subject="Again").contact
    head.decide("complaint", by=cast.ana, at=now)
    offered.case.merge_into(head, by=cast.ana, at=later)
    assert Belonging.objects.seen_by(cast.ana).exists()
    Contact.objects.get(pk=head.pk).hand_to(team=cast.office, by=cast.ewa, at=later)
    assert not Belonging.objects.seen_by(cast.ana)


def test_it_joins_and_the_writer_may_write_for_the_customer(offered, cast, receive, later, verbs):
    case = join(offered, by=cast.ana, at=later, relation="sister")
    contact = Contact.objects.get(pk=offered.contact_id)
    assert (contact.merged_into, contact.customer) == (case, cast.olga)
    writer = cast.olga.representatives.get()
    assert (writer.name, writer.address, writer.relation) == (
        "Eve Nowak", "eve@elsewhere.example", "sister",
    )  # fmt: skip
    assert {"written_for", "merged"} <= set(verbs(contact))
    assert {"representative_added", "merged_here"} <= set(verbs(case))
    assert receive("More", at=later, sender=EVE, subject=case.reference).contact == case


def test_it_is_taken_apart_as_if_it_had_never_been_joined(offered, cast, receive, later, verbs):
    case = join(offered, by=cast.ana, at=later)
    contact = Contact.objects.get(pk=offered.contact_id)
    assert part(contact, by=cast.ana, at=later) == case
    contact = Contact.objects.get(pk=offered.contact_id)
    assert (contact.customer.name, contact.state) == ("Eve Nowak", "open")
    assert not cast.olga.representatives.exists()
    assert Belonging.objects.open().seen_by(cast.ana).get() == offered
    assert "customer_again" in verbs(contact)
    assert receive("More", at=later, sender=EVE, subject=case.reference).contact != case


def test_it_leaves_a_representative_who_was_one_before(offered, cast, later):
    cast.olga.represent_by(name="Eve", address="eve@elsewhere.example")
    join(offered, by=cast.ana, at=later)
    part(Contact.objects.get(pk=offered.contact_id), by=cast.ana, at=later)
    assert cast.olga.representatives.get().name == "Eve"


def test_it_joins_two_of_one_customer_without_a_representative(answered, cast, receive, later):
    taken = receive("Hm", at=later, sender="new@elsewhere.example", In_Reply_To=_ours(answered),
                    Reply_To="olga@customer.example")  # fmt: skip
    join(taken.contact.belongings.get(), by=cast.ana, at=later)
    assert Contact.objects.get(pk=taken.contact.pk).merged_into == answered.contact
    assert not cast.olga.representatives.exists()


def test_it_joins_a_mail_that_has_no_sender(answered, cast, receive, later):
    taken = receive("Hm", at=later, sender="", In_Reply_To=_ours(answered))
    join(taken.contact.belongings.get(), by=cast.ana, at=later)
    assert Contact.objects.get(pk=taken.contact.pk).customer == cast.olga
    assert not cast.olga.representatives.exists()


def test_it_joins_nothing_that_a_merge_refuses_and_changes_nothing(offered, cast, later):
    offered.case.hand_to(team=cast.office, by=cast.ewa, at=later)
    with pytest.raises(refusals.NotSeenByTheSame):
        join(offered, by=cast.petra, at=later)
    assert Contact.objects.get(pk=offered.contact_id).customer.name == "Eve Nowak"
    assert not cast.olga.representatives.exists()
    assert Belonging.objects.open().exists()


def test_it_is_answered_once(offered, cast, later, verbs):
    stand_alone(offered.contact, by=cast.ana, at=later)
    assert verbs(offered.contact)[-1] == "stands_alone"
    with pytest.raises(refusals.AlreadyAnswered):
        stand_alone(offered.contact, by=cast.marek, at=later)
    with pytest.raises(refusals.AlreadyAnswered):
        join(offered, by=cast.marek, at=later)
    assert Customer.objects.filter(name="Eve Nowak").get().contacts.get().state == "open"


def test_it_offers_what_a_colleague_passed_on_too(answered, cast, receive, later):
    """On a colleague's word alone nothing is put into a thread; a person may."""
    raw = (
        "From: Ana <ana@house.example>\nTo: help@house.example\nSubject: Fwd: Hm\n\n"
        "---------- Forwarded message ---------\nFrom: Eve <eve@elsewhere.example>\n"
        f"Date: Wed, 25 Nov 2026 09:00\nSubject: Re: {answered.contact.reference}\n"
        "To: <ana@house.example>\n\nHm\n"
    ).encode()
    contact = receive(raw=raw, at=later).contact
    assert contact.awaits_sender
    with pytest.raises(refusals.SenderNotConfirmed):
        join(contact.belongings.get(), by=cast.ana, at=later)
