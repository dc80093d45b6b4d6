"""No field that is ours reaches a customer: each is marked, and every page and mail is searched."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.doors.portal.whose_words import CODES, OURS, THEIRS, mark_all, marks_in, texts

from amends.doors.portal.urls import urlpatterns
from amends.ground.events.models import Event
from amends.records.aftercare.models import CheckBack, Survey
from amends.records.aftercare.survey_links import survey_token
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.acknowledging import acknowledge, send_fresh_link
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Contact, Note
from amends.records.house.knowledge import kinds as all_kinds
from amends.records.house.models import House
from amends.records.notices.mailing import mail_notices
from amends.records.notices.models import Choice, What
from amends.records.people.models import Person
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy
from amends.site.reactions import set_reactions

LANGUAGES = ("en", "pl", "ru", "sk")
HOUR = timedelta(hours=1)
# What goes to customers by itself, and below a reply.
TO_CUSTOMERS = {
    "acknowledgement", "check_back", "check_back_again", "fresh_link", "portal_received", "survey",
    "taken_down", "understood_link", "privacy_line",
}  # fmt: skip


@pytest.fixture
def kinds(monkeypatch):
    """The kinds of text that the house has written."""
    written, write = set(), House.write

    def watched(self, kind, language, **fields):
        written.add((kind, language))
        return write(self, kind, language, **fields)

    monkeypatch.setattr(House, "write", watched)
    return written


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def case(cast, clock, language):
    """A case that has a row in every table that hangs on one, worked on by Ania."""
    set_reactions()
    Person.objects.get_queryset().update(chosen_name="Ania", language=language)
    told = Told(
        text="Billed 200.", channel="form", name="Olga Nowak", address="olga@customer.example",
        language=language, uploads=[Upload("bill.pdf", "application/pdf", b"%PDF")],
    )  # fmt: skip
    contact = take_in_told(told, at=clock())
    Contact.objects.filter(pk=contact.pk).update(language=language)
    contact.customer.represent_by(name="Leo", address="leo@law.example", relation="lawyer")
    complaint = Contact.objects.get(pk=contact.pk).complaint
    complaint.understand(
        by=cast.ana, at=clock(), fault="customer", evidence="a photo", severity=4,
        case_cause="cause", wish_words="money", expected="a phone", got="a brick",
    )  # fmt: skip
    complaint.add_point("It broke", by=cast.ana, at=clock())
    return Contact.objects.get(pk=contact.pk)


def page_and_posts(contact, survey=None):
    """Ask for every address of the portal, in every way, as who has the link."""
    token = token_for(contact)
    file = contact.messages.get(attachments__isnull=False).attachments.get()
    for entry in urlpatterns:
        if "survey" in entry.name and survey is None:
            continue
        args = [survey_token(survey.pk)] if "survey" in entry.name else [token]
        args = [] if entry.name in {"tell", "told", "privacy_here"} else args
        args = ["pl"] if entry.name == "privacy" else args
        where = reverse(
            f"portal:{entry.name}", args=[*args, file.pk] if entry.name == "file" else args
        )
        for ask in (Client().get, Client().head):
            yield entry.name, ask(where)
        # Nothing is typed: what is wrong is said on the page, and nothing changes.
        yield entry.name, Client().post(where, {"address": "no address"})


def assert_pages_keep(contact, survey=None):
    seen = set()
    for name, answer in page_and_posts(contact, survey):
        shown = b"".join(answer) if answer.streaming else answer.content
        heads = "".join(f"{head}: {value}" for head, value in answer.items())
        assert not marks_in(shown.decode("utf-8", "replace") + heads), name
        seen.add(answer.status_code)
    assert 200 in seen


def assert_mails_keep(contact):
    mails = list(Outgoing.objects.on(contact.pk))
    assert mails
    for mail in mails:
        words = [mail.subject, mail.body, mail.from_name, mail.to_name, mail.mime().decode()]
        assert not marks_in("\n".join(words)), mail.subject


def fresh(contact):
    mark_all()
    return Contact.objects.get(pk=contact.pk)


def test_it_knows_of_every_text_whose_it_is():
    assert set(texts()) == OURS | THEIRS | CODES
    assert len(OURS) + len(THEIRS) + len(CODES) == len(texts())


def test_it_puts_a_mark_into_what_is_ours(cast, case):
    Note.objects.write(case, by=cast.ana, text="Careful", at=case.received_at)
    mark_all()
    assert marks_in(Note.objects.get().text) == {"Note.text"}
    assert marks_in(str(Person.objects.get(pk=cast.ana.pk).email)) == {"Person.email"}
    assert marks_in(str(Event.objects.first().data)) == {"Event.data"}


def test_it_keeps_them_through_the_whole_life_of_a_case(
    cast, case, clock, deliver, kinds, language
):
    ana, ewa = cast.ana, cast.ewa
    Note.objects.write(case, by=ana, text="He shouts.", at=clock())
    case.set_next(text="Call", due_at=clock() + HOUR, by=ana, at=clock())
    case.hand_to(by=ewa, at=clock(), person=ana, why="He shouts")
    contact = fresh(case)
    assert_pages_keep(contact)
    contact.call(text="We call back.", reached="her", said_at=clock(), by=ana, at=clock())
    contact = fresh(contact)
    answer = Answer(
        text="We put it right.", asks_understood=True,
        promises=(Promised("A call", clock() + 2 * HOUR),),
        remedies=(PutRight("The 200", cost=Decimal("987.65"), currency="PLN"),),
        check_back_at=clock() + 24 * HOUR,
    )  # fmt: skip
    send_answer(contact, answer, by=Person.objects.get(pk=ana.pk), at=clock())
    mark_all()
    deliver()
    contact = fresh(contact)
    assert_pages_keep(contact)
    remedy, promise = Remedy.objects.get(), Promise.objects.get()
    remedy.complaint = promise.complaint = contact.complaint
    remedy.deliver(by=ana, at=clock(), proof="a receipt")
    promise = promise.move(to=clock() + 3 * HOUR, why="Late", by=ana, at=clock())
    contact = fresh(contact)
    assert_pages_keep(contact)
    promise.refresh_from_db()
    promise.complaint = contact.complaint
    promise.keep(by=ana, at=clock())
    ask_twice(clock, deliver)
    assert_pages_keep(fresh(contact))
    contact.refresh_from_db()
    Contact.objects.get(pk=contact.pk).complaint.confirm(words="", at=clock())
    mark_all()
    clock.forward(hours=24)
    Survey.objects.with_contact().get().ask(at=clock())
    mark_all()
    assert_pages_keep(contact, Survey.objects.with_contact().get())
    assert_mails_keep(contact)
    clock.forward(days=70)
    assert_pages_keep(contact, Survey.objects.with_contact().get())
    assert {"check_back", "check_back_again", "survey", "understood_link"} <= {
        kind for kind, spoken in kinds if spoken == language
    }


def ask_twice(clock, deliver):
    clock.forward(hours=24)
    CheckBack.objects.with_contact().get().ask(at=clock())
    mark_all()
    deliver()
    clock.forward(days=8)
    CheckBack.objects.with_contact().get().give_up(at=clock())
    again = CheckBack.objects.with_contact().order_by("-attempt").first()
    clock.forward(days=2)
    mark_all()
    again.ask(at=clock())
    mark_all()


def test_it_keeps_them_from_what_is_sent_by_itself(cast, case, clock, kinds, language):
    for channel in ("mail", "form", "phone"):
        Contact.objects.filter(pk=case.pk).update(channel=channel)
        contact = fresh(case)
        clock.forward(days=2)
        assert acknowledge(contact, at=clock())
    clock.forward(days=2)
    assert send_fresh_link(fresh(case), at=clock())
    assert_mails_keep(case)
    assert {kind for kind, spoken in kinds if spoken == language} >= {
        "acknowledgement", "fresh_link", "portal_received", "taken_down",
    }  # fmt: skip


def test_it_keeps_notes_and_words_from_notices_by_mail(cast, case, clock):
    Choice.objects.of(cast.marek).choose(
        in_desk=What.values, by_mail=What.values, every_hours=0, quiet_from=None,
        quiet_until=None, quiet_days=[],
    )  # fmt: skip
    Note.objects.write(case, by=cast.ana, text="@Marek he shouts", at=clock())
    mark_all()
    assert mail_notices(clock()) == 1
    mail = Outgoing.objects.get(thread=cast.marek.pk)
    assert marks_in(mail.body + mail.subject) == set()


def test_it_leaves_no_kind_of_letter_to_customers_out():
    inside = {"invitation", "new_password", "notices", "test_mail"}
    parts = {"salutation", "signoff", "footer", "understood", "privacy", "privacy_aloud"}
    assert set(all_kinds()) - inside - parts == TO_CUSTOMERS
