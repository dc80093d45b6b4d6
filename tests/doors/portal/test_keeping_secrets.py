"""What is ours alone never reaches the customer: no page of the portal, no mail has a word of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.models import Contact, Note
from amends.records.complaints.vocabulary import Fault, Reason
from amends.records.people.models import Person
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

SECRETS = {
    name: f"SECRET{name.upper().replace('_', '')}"
    for name in (
        "note", "cause", "next_text", "point", "person", "lead", "proof", "handed_why", "closing_why",
        "proposal_reason", "team", "likes", "company_note", "wish_guess",
    )
}  # fmt: skip
INSIDE_WORDS = ("severity", "fault", "steepness", "double deviation", "not_a_complaint", "987.65")


@pytest.fixture
def told_all(cast, complaint, clock, deliver):
    """A case with a marked secret in each field that is ours, played through all its states."""
    contact = complaint.contact
    Person.objects.get_queryset().filter(pk=cast.ana.pk).update(
        name=f"Ana {SECRETS['person']}", chosen_name="Ania"
    )
    Person.objects.get_queryset().filter(pk=cast.ewa.pk).update(name=f"Ewa {SECRETS['lead']}")
    cast.care.name = SECRETS["team"]
    cast.care.save()
    contact.customer.likes = SECRETS["likes"]
    contact.customer.save()
    Contact.objects.filter(pk=contact.pk).update(
        proposal="nothing", proposal_reason=SECRETS["proposal_reason"]
    )
    ana, ewa = Person.objects.get(pk=cast.ana.pk), Person.objects.get(pk=cast.ewa.pk)
    contact = Contact.objects.get(pk=contact.pk)
    complaint = contact.complaint
    Note.objects.write(contact, by=ana, text=SECRETS["note"], at=clock())
    complaint.understand(
        by=ana, at=clock(), fault=Fault.CUSTOMER, severity=4, case_cause=SECRETS["cause"]
    )
    complaint.add_point(SECRETS["point"], by=ana, at=clock())
    contact.set_next(
        text=SECRETS["next_text"], due_at=clock() + timedelta(minutes=5), by=ana, at=clock()
    )
    contact.hand_to(by=ewa, at=clock(), person=ana, why=SECRETS["handed_why"])
    answer = Answer(
        text="We put it right.",
        promises=(Promised("A call back", clock() + timedelta(hours=2)),),
        remedies=(PutRight("The 200 back", cost="987.65", currency="PLN"),),
        check_back_at=clock() + timedelta(days=1),
    )
    send_answer(contact, answer, by=ana, at=clock())
    deliver()
    return Contact.objects.get(pk=contact.pk), ana, ewa


def looked_at(browser, link, contact):
    return browser.get(link(contact)).content.decode()


def assert_kept(text):
    for name, secret in SECRETS.items():
        assert secret not in text, name
    for word in INSIDE_WORDS:
        assert word not in text.lower(), word


def test_it_keeps_what_is_ours_in_every_state_of_a_case(browser, link, told_all, clock, deliver):
    contact, ana, ewa = told_all
    pages = [looked_at(browser, link, contact)]
    assert "Ania" in pages[0]
    remedy, promise = Remedy.objects.get(), Promise.objects.get()
    remedy.complaint = promise.complaint = contact.complaint
    remedy.deliver(by=ana, at=clock(), proof=SECRETS["proof"])
    promise.keep(by=ana, at=clock())
    pages.append(looked_at(browser, link, contact))
    clock.forward(days=1)
    check_back = CheckBack.objects.with_contact().get()
    check_back.ask(at=clock())
    deliver()
    pages.append(looked_at(browser, link, contact))
    pages.append(
        browser.post(link(contact, "answer"), {"solved": "no"}, follow=True).content.decode()
    )
    pages.append(browser.post(link(contact, "message"), {"text": ""}).content.decode())
    contact = Contact.objects.get(pk=contact.pk)
    contact.complaint.close_as_lead(
        by=ewa, at=clock(), reason=Reason.NOT_A_COMPLAINT, why=SECRETS["closing_why"]
    )
    pages.append(looked_at(browser, link, contact))
    token = link(contact)
    clock.forward(days=70)
    pages.append(browser.get(token).content.decode())
    pages.append(browser.post(token + "message", {"text": "Hello?"}).content.decode())
    for page in pages:
        assert_kept(page)
    mails = [outgoing.mime().decode("utf-8", "replace") for outgoing in Outgoing.objects.all()]
    assert len(mails) >= 3
    for outgoing, mail in zip(Outgoing.objects.all(), mails, strict=True):
        assert_kept(mail)
        assert_kept(outgoing.body + outgoing.subject + outgoing.from_name)


def test_it_tells_the_form_s_visitor_a_chosen_name_only(browser, told_all):
    typed = {"text": "Again.", "address": "olga@customer.example"}
    page = browser.post(reverse("portal:tell"), typed, follow=True).content.decode()
    assert "Ania" in page
    assert_kept(page)


def test_it_shows_no_reply_that_can_still_be_taken_back(browser, link, told_all, clock):
    contact, ana, _ewa = told_all
    send_answer(contact, Answer(text="SECRETDRAFT, not thought through."), by=ana, at=clock())
    assert "SECRETDRAFT" not in looked_at(browser, link, contact)
    assert (
        "SECRETDRAFT" not in browser.post(link(contact, "message"), {"text": ""}).content.decode()
    )
