"""A bag of mail becomes what its mails would have become one by one, by as many queries."""

import random
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amends.expertise.correspondence import read_letter
from amends.expertise.language.identify import identify
from amends.ground import files
from amends.ground.events.models import Event
from amends.ground.jobs.running import run_due
from amends.records.complaints.bag import Arrival, attend, take_in_all
from amends.records.complaints.intake import take_in
from amends.records.complaints.models import Belonging, Contact
from amends.records.notices.models import Notice
from amends.records.post.models import Outgoing, RawMail
from amends.records.post.models.raw_mail import row_of
from amends.site.reactions import set_reactions

SENDERS = [
    "Olga Nowak <olga@customer.example>", "Jan <jan@stranger.example>", "ivan@stranger.example",
    "Ana <ana@house.example>", '"A, B" <A.B@stranger.example>', "", "help@house.example",
]  # fmt: skip
TEXTS = ["It broke again.", "Znowu się zepsuło, a nikt nie odbiera.", "Снова сломалось, ждём.", ""]


def mails(seed, many, known):  # noqa: C901 - a mixture
    """Draw a mixture: strangers, further words, machines, the same mail twice."""
    draw = random.Random(seed)
    made = []
    for number in range(many):
        mail = EmailMessage()
        if sender := draw.choice(SENDERS):
            mail["From"] = sender
        mail["To"] = draw.choice(["help@house.example", "help+x@house.example", "else@a.example"])
        mail["Subject"] = draw.choice(["Lamp", "Re: Lamp", f"Re: [{known.reference}]"])
        earlier = [one["Message-ID"] for one in made if one["Message-ID"]]
        if earlier and draw.random() < 0.5:
            mail["In-Reply-To"] = draw.choice(earlier)
        if draw.random() < 0.9:
            mail["Message-ID"] = f"<{number}@mail.example>"
        if draw.random() < 0.15:
            mail["Auto-Submitted"] = "auto-replied"
        if draw.random() < 0.1:
            mail["Reply-To"] = "olga@customer.example"
        mail.set_content(f"{draw.choice(TEXTS)} {number % 3}")
        if draw.random() < 0.2:
            mail.add_attachment(b"x" * number, maintype="image", subtype="png", filename="a.png")
        made.append(mail)
        if draw.random() < 0.1:
            again = EmailMessage()
            again["Received"] = "from elsewhere"
            for name, value in mail.items():
                if not name.lower().startswith(("content", "mime")):
                    again[name] = value
            again.set_content(mail.get_body(("plain",)).get_content())
            made.append(again)
    return [mail.as_bytes() for mail in made]


def arrival(raw, at):
    letter = read_letter(raw)
    for part in letter.attachments:
        files.keep(part.content)
    row = row_of(raw, files.keep(raw), source="file", at=at)
    row.note_reading()
    return Arrival(row, letter, identify(f"{letter.subject}\n{letter.reply}") or "")


def one_by_one(raws, at):
    became = []
    for raw in raws:
        row = RawMail.objects.filter(digest=files.keep(raw)).first()
        row = row or RawMail.objects.keep(raw, source="file", at=at)
        taken = take_in(row, read_letter(raw), at=at)
        became.append((taken.what, taken.automatic and taken.what != "duplicate"))
    return became


def in_bags(raws, at, size):
    became = []
    for start in range(0, len(raws), size):
        taken = take_in_all([arrival(raw, at) for raw in raws[start : start + size]], at=at)
        became += [(one.what, one.automatic) for one in taken]
    return became


def state_of_the_house():
    """Return all that was stored, but for keys and references, which are drawn.

    Of the acknowledgements, of which nobody gets more than three a day, only who got how many.
    """
    contacts = []
    for contact in Contact.objects.select_related("customer", "team", "person"):
        said = [
            (m.message_id, m.text, m.automatic, m.from_name, m.from_address,
             sorted(file.digest for file in m.attachments.all()))
            for m in contact.messages.filter(direction="in")
        ]  # fmt: skip
        verbs = Event.objects.filter(thread=contact.pk)
        contacts.append((
            contact.customer.name, sorted(contact.customer.addresses.values_list("address", flat=True)),
            contact.kind, contact.state, contact.subject, contact.language, contact.proposal,
            contact.proposal_reason, contact.next_key, contact.next_at, contact.answer_due_at,
            contact.last_message_at, contact.last_direction, contact.waiting_since,
            contact.steepness, contact.team.name, str(contact.person), str(contact.mailbox),
            sorted(verbs.exclude(verb="sent_by_itself").values_list("verb", flat=True)), sorted(said),
            [offer.case.messages.earliest("at", "id").message_id
             for offer in contact.belongings.order_by("place")],
        ))  # fmt: skip
    posted = sorted(Outgoing.objects.values_list("to_address", "automatic"))
    told = sorted(Notice.objects.values_list("person__name", "what"))
    return sorted(contacts, key=repr), posted, told


@pytest.fixture
def reactions():
    set_reactions()


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_same_as_one_by_one(seed, complaint, reactions, now):
    at = now + timedelta(hours=1)
    raws = mails(seed, 25, complaint.contact)
    outcomes = []
    for take in (one_by_one, lambda raws, at: in_bags(raws, at, 1 + seed * 4)):
        with transaction.atomic():
            became = take(raws, at)
            while run_due(at):
                pass
            outcomes.append((became, state_of_the_house()))
            transaction.set_rollback(True)
    (alone, house_alone), (together, house_together) = outcomes
    assert together == alone
    assert house_together == house_alone


def test_a_reply_before_what_it_answers_finds_its_thread(cast, now):
    told, again = EmailMessage(), EmailMessage()
    for mail, number in ((told, 1), (again, 2)):
        mail["From"], mail["Message-ID"] = "Jan <jan@stranger.example>", f"<{number}@mail.example>"
        mail.set_content(f"Word {number}")
    again["In-Reply-To"] = "<1@mail.example>"
    became = take_in_all([arrival(again.as_bytes(), now), arrival(told.as_bytes(), now)], at=now)
    assert [one.what for one in became] == ["reply", "contact"]
    assert Contact.objects.get().messages.count() == 2


def test_strangers_do_not_get_into_a_thread_begun_in_the_same_bag(cast, now):
    told, other = EmailMessage(), EmailMessage()
    told["From"], told["Message-ID"] = "jan@stranger.example", "<1@mail.example>"
    other["From"], other["In-Reply-To"] = "eve@stranger.example", "<1@mail.example>"
    told.set_content("Mine.")
    other.set_content("Mine too.")
    take_in_all([arrival(told.as_bytes(), now), arrival(other.as_bytes(), now)], at=now)
    assert Contact.objects.count() == 2
    offer = Belonging.objects.select_related("contact__customer", "case__customer").get()
    assert (offer.contact.customer.addresses.get().address, offer.case.messages.get().text) == (
        "eve@stranger.example", "Mine.",
    )  # fmt: skip


def test_it_asks_the_database_as_often_for_many(cast, now):
    def queries(seed, many):
        arrivals = [arrival(raw, now) for raw in plain(seed, many)]
        with CaptureQueriesContext(connection) as asked:
            take_in_all(arrivals, at=now)
        return len(asked)

    def plain(seed, many):
        for number in range(many):
            mail = EmailMessage()
            mail["From"], mail["Message-ID"] = f"{seed}.{number}@a.example", f"<{seed}.{number}@a>"
            mail.set_content(f"Broken {number}")
            yield mail.as_bytes()

    queries(0, 3)
    # Rows go in by as many as a statement takes: at most one more for each kind of row.
    assert queries(1, 8) == queries(2, 24)


def test_what_follows_may_follow_twice(cast, reactions, now):
    mail = EmailMessage()
    mail["From"] = "jan@stranger.example"
    mail.set_content("Broken.")
    take_in_all([arrival(mail.as_bytes(), now)], at=now)
    event = Event.objects.get(verb="arrived")
    for _time in range(2):
        attend.call(str(event.pk), True)
    assert Outgoing.objects.count() == 1
