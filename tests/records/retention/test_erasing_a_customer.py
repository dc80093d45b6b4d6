"""An erased customer is nowhere any more; what was counted is counted still."""

import json
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.apps import apps
from django.db import models

from amends.ground import files, search
from amends.ground.events.models import Event
from amends.ground.events.verifying import verify
from amends.ground.files import KeptFile
from amends.records.aftercare.models import Survey
from amends.records.answering.answer import Answer, Promised, send_answer
from amends.records.complaints.indexing import index_contact
from amends.records.complaints.links import LinkUnreadable, contact_behind, token_for
from amends.records.complaints.models import Contact, Message, Note
from amends.records.customers.models import Customer
from amends.records.insights.case_rows import case_rows
from amends.records.post.models import Outgoing, RawMail
from amends.records.recovery.models import Remedy
from amends.records.retention import erasing, traces
from amends.records.retention.erasing import erase_customer, what_goes
from amends.records.writing.models import Draft

SECRETS = ("zanzibar", "olga", "nowak", "555 010 203", "555010203", "kr-77")
WORDS_OF_A_CASE = ("customer", "subject", "goal", "wish_words", "expected", "got")


@pytest.fixture
def later(now):
    return now + timedelta(days=100)


@pytest.fixture
def closed(receive, cast, now, post_office):
    """A complaint of Olga's in which her secret word stands wherever words can stand, closed."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Olga Nowak <olga@customer.example>", "help@house.example"
    mail["Subject"], mail["Message-ID"] = "To Zanzibar", "<zanzibar@customer.example>"
    mail.set_content("The phone for Zanzibar came broken.\n\n-- \nOlga, Zanzibar\n")
    mail.add_attachment(b"Zanzibar", maintype="text", subtype="plain", filename="zanzibar.txt")
    contact = receive(raw=mail.as_bytes()).contact
    olga = contact.customer
    Customer.objects.filter(pk=olga.pk).update(
        vocative="Olgo", likes="Zanzibar", company="Nowak Ltd", since_date=now.date()
    )
    olga.add_phone("555 010 203")
    olga.accounts.create(number="KR-77")
    olga.represent_by(name="Jan Nowak", address="jan.nowak@customer.example", relation="husband")
    contact.decide("complaint", by=cast.ana, at=now)
    complaint = contact.complaint
    complaint.understand(
        by=cast.ana, at=now, goal="a phone for Zanzibar", wish_words="Zanzibar", expected="Zanzibar",
        got="no Zanzibar", fault="ours", evidence="Zanzibar", case_cause="crushed in the van",
    )  # fmt: skip
    complaint.add_point("no Zanzibar", by=cast.ana, at=now)
    Note.objects.write(contact, by=cast.ana, text="@Marek Olga of Zanzibar", at=now)
    promised = Promised("Zanzibar by Friday", now + timedelta(days=2))
    answer = Answer(text="Dear Olga, Zanzibar it is.", promises=(promised,))
    send_answer(contact, answer, by=cast.ana, at=now + timedelta(hours=1))
    remedy = Remedy.objects.decide(
        complaint, what="a ticket to Zanzibar", by=cast.ana, at=now + timedelta(hours=1),
        cost=200, currency="EUR",
    )  # fmt: skip
    remedy.deliver(by=cast.ana, at=now + timedelta(hours=2), proof="Olga signed")
    post_office.accept(now + timedelta(hours=3))
    kept = KeptFile("zanzibar.pdf", "application/pdf", 3, files.keep(b"zan"))
    Draft.objects.keep(contact, "reply", {"text": "Olga"}, by=cast.ana, at=now, files=[kept])
    Survey.objects.create(
        complaint=complaint, due_at=now, until_at=now + timedelta(days=1), words="Zanzibar",
        more={"else": "Zanzibar"},
    )  # fmt: skip
    complaint.close_as_lead(
        reason="other", why="Olga went to Zanzibar", by=cast.ewa, at=now + timedelta(hours=4)
    )
    post_office.accept(now + timedelta(days=1))
    index_contact.func(str(contact.pk))
    return Contact.objects.get(pk=contact.pk)


def everything_in_the_house():
    """Every value of every row of our tables, as it stands in the database."""
    for model in apps.get_models():
        if not model.__module__.startswith("amends."):
            continue
        for row in model._default_manager.values():
            yield from ((model.__name__, name, _said(value)) for name, value in row.items())


def _said(value):
    told = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else value
    return json.dumps(told, default=str, ensure_ascii=False).lower()


def where_it_stands(*words):
    return {
        (table, name) for table, name, said in everything_in_the_house()
        for word in words if word in said
    }  # fmt: skip


def figures(cast):
    rows = case_rows(Contact.objects.visible_to(cast.beata))
    return [{k: v for k, v in row.items() if k not in WORDS_OF_A_CASE} for row in rows]


def test_it_leaves_no_name_and_no_word_anywhere(closed, cast, later):
    before = where_it_stands(*SECRETS)
    assert len({table for table, _name in before}) >= 15
    erase_customer(closed.customer, by=cast.ewa, at=later)
    assert where_it_stands(*SECRETS) == set()


def test_it_leaves_the_figures_as_they_were(closed, cast, later):
    before = figures(cast)
    erase_customer(closed.customer, by=cast.ewa, at=later)
    assert figures(cast) == before
    assert before[0]["costs"] == "200.00 EUR"
    assert before[0]["case_cause"] == "crushed in the van"


def test_it_leaves_a_record_that_holds_and_says_who_erased(closed, cast, later):
    verbs = [event.verb for event in Event.objects.about(closed.pk)]
    counts = erase_customer(closed.customer, by=cast.ewa, at=later)
    looked = list(verify())
    assert [finding for one in looked for finding in one.findings] == []
    *gone, last = Event.objects.about(closed.pk)
    assert [event.verb for event in gone] == verbs
    assert all(event.is_erased for event in gone)
    assert (last.verb, last.actor_name) == ("events_erased", "Ewa Example")
    told = Event.objects.about(cast.house.id).get(verb="customer_erased")
    assert (told.actor_name, told.data) == ("Ewa Example", counts)


def test_it_says_beforehand_how_much_goes(closed, cast, later):
    told = what_goes(closed.customer)
    assert told == {
        "cases": 1, "messages": Message.objects.count(), "notes": 1, "drafts": 1, "files": 1,
        "mails": 1, "reach": 4,
    }  # fmt: skip
    assert erase_customer(closed.customer, by=cast.ewa, at=later) == told


def test_it_leaves_no_row_that_names_the_bytes(closed, cast, later):
    named = set(RawMail.objects.values_list("digest", flat=True))
    named |= set(Outgoing.objects.exclude(mime_digest="").values_list("mime_digest", flat=True))
    assert named
    erase_customer(closed.customer, by=cast.ewa, at=later)
    assert where_it_stands(*named) == set()


def test_it_is_not_found_again(closed, cast, later, receive):
    assert search.search("zanzibar", language="en", limit=5) == [closed.pk]
    link = token_for(closed)
    erase_customer(closed.customer, by=cast.ewa, at=later)
    assert search.search("zanzibar", language="en", limit=5) == []
    with pytest.raises(LinkUnreadable):
        contact_behind(link)
    again = receive("It is Olga again.", at=later, References="<zanzibar@customer.example>")
    assert again.contact.customer_id != closed.customer_id
    assert again.contact.pk != closed.pk


def test_it_leaves_other_customers_alone(closed, cast, later, receive):
    other = receive("Mine is broken.", sender="Piotr <piotr@customer.example>").contact
    told = {(t, n, s) for t, n, s in everything_in_the_house() if "piotr" in s or "mine is" in s}
    erase_customer(closed.customer, by=cast.ewa, at=later)
    assert told <= set(everything_in_the_house())
    assert not any(event.is_erased for event in Event.objects.about(other.pk))


def test_it_is_refused_while_a_case_is_open(contact, cast, now):
    with pytest.raises(erasing.CasesOpen):
        erase_customer(contact.customer, by=cast.ewa, at=now)
    contact.customer.refresh_from_db()
    assert contact.customer.name == "Olga Nowak"


def test_it_is_refused_while_a_mail_has_not_left(closed, cast, later):
    Outgoing.objects.filter(thread=closed.pk).update(state="queued", accepted_at=None)
    Message.objects.update(accepted_at=None)
    with pytest.raises(erasing.MailUnderway):
        erase_customer(closed.customer, by=cast.ewa, at=later)


def test_it_is_done_once(closed, cast, later):
    erase_customer(closed.customer, by=cast.ewa, at=later)
    with pytest.raises(erasing.AlreadyErased):
        erase_customer(closed.customer, by=cast.ewa, at=later)


def test_it_is_not_for_who_answers_nor_who_does_not_see_all_nor_who_is_named(closed, cast, later):
    for who in (cast.ana, cast.beata):
        with pytest.raises(erasing.ForSomebodyElse):
            erase_customer(closed.customer, by=who, at=later)
    closed.complaint.named.add(cast.ewa, cast.jan)
    for who in (cast.ewa, cast.jan):
        with pytest.raises(erasing.ForSomebodyElse):
            erase_customer(closed.customer, by=who, at=later)
    closed.complaint.named.clear()
    Contact.objects.filter(pk=closed.pk).update(team=cast.office)
    with pytest.raises(erasing.ForSomebodyElse):
        erase_customer(closed.customer, by=cast.ewa, at=later)
    assert erase_customer(closed.customer, by=cast.jan, at=later)["cases"] == 1


# Text fields that an erasing leaves as they are, and why. A new one belongs here or in traces.py.
KEPT = {
    "of the house and its people": {
        "HouseBook", "Holiday", "HouseText", "House", "Person", "SavedView", "Team", "Mailbox",
        "Grant", "Pickup", "Hook", "Invitation", "Choice", "SavedReply", "SavedText", "Recurrence",
    },
    "the same for many, with fields in braces": {"Round.texts", "Round.promise"},
    "events and jobs are emptied by their own verbs": {"Event", "Job", "Chain"},
    "what is counted": {
        "Contact.reference", "Contact.language", "Contact.proposal_reason", "Contact.next_key",
        "Complaint.case_cause", "Complaint.playbook", "StepMark.step", "Message.automatic",
        "Message.reached", "Survey.language", "Remedy.currency", "Customer.language",
        "Outgoing.language", "Outgoing.held_why", "RoundItem.refused", "Look.reference",
    },
    "who of the house did it": {
        "Verdict.undone_by_name", "Merge.undone_by_name", "Split.undone_by_name",
        "Outgoing.from_address", "Outgoing.from_name", "Belonging.answered_by_name",
    },
    "a kind, not a name": {
        f"{name}.actor_kind"
        for name in ("Verdict", "Assignment", "Merge", "Split", "Closing", "Reopening",
                     "FaultFinding", "Paraphrase")
    },
}  # fmt: skip


def test_it_knows_every_field_that_can_hold_words():
    kept = set().union(*KEPT.values())
    unknown = [
        f"{model.__name__}.{one.name}"
        for model in apps.get_models() if model.__module__.startswith("amends.")
        for one in model._meta.fields
        if isinstance(one, models.CharField | models.TextField | models.JSONField | models.FileField)
        and not one.choices
        and (model.__name__, one.name) not in traces.covered()
        and not {model.__name__, f"{model.__name__}.{one.name}"} & kept
    ]  # fmt: skip
    assert unknown == []
