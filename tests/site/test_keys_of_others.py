"""A key of what is another's opens nothing, in an address or in a form, whoever puts it there.

Another team's, that is a closed one's; another person's; another thing's; another house's.
"""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.site.test_walking_as_everybody import (
    AUDIENCE,
    MARK,
    NOT_THERE,
    OF_CASES,
    OF_THE_DESK,
    SETS,
    addresses,
    filled,
)

from amends.ground.events.models import Event
from amends.ground.jobs.models import Job, JobState
from amends.records.aftercare.models import CheckBack
from amends.records.aftercare.survey_links import survey_token
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Contact, Note
from amends.records.customers.models import Customer
from amends.records.house.models import Holiday
from amends.records.joining import tokens
from amends.records.joining.inviting import invite
from amends.records.joining.models import Invitation
from amends.records.people.models import Absence, SavedView
from amends.records.post.models import Grant, Mailbox, Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy
from amends.records.writing.models import Draft, Round, SavedReply

NOBODYS = "00000000-0000-0000-0000-000000000001"
# What each address means that has a key in it, and no case.
MEANT = {
    "absence_end": "absence", "customer_erasing": "customer", "customer_extract": "customer",
    "house_change_undo": "change",
    "house_grant": "mailbox", "house_grant_go": "mailbox", "house_holiday_gone": "holiday",
    "house_hook": "mailbox", "house_hook_gone": "mailbox", "house_hook_key": "mailbox",
    "house_trial": "mailbox", "house_job_again": "job",
    "house_mailbox_gone": "mailbox", "house_person": "person", "house_pickup": "mailbox",
    "house_pickup_gone": "mailbox", "house_team": "team", "invitation_again": "invitation",
    "invitation_back": "invitation", "legal_hold": "customer", "legal_hold_lift": "customer",
    "round": "round", "round_undo": "round", "saved_reply": "saved", "saved_reply_delete": "saved",
    "saved_reply_undo": "saved", "saved_view_forget": "view",
}  # fmt: skip
# Whose things these are, or what only an administrator touches: to others they are not there.
NOT_FOR = {
    "saved_view_forget": "ana ewa beata jan", "saved_reply": "ana ewa beata jan",
    "saved_reply_delete": "ana ewa beata jan", "saved_reply_undo": "ana ewa beata jan",
    "round": "ana ewa beata jan", "round_undo": "ana ewa beata jan",
    "customer_erasing": "ana ewa beata", "customer_extract": "ana ewa beata", "legal_hold": "ana ewa beata",
    "legal_hold_lift": "ana ewa beata", "invitation_again": "ana ewa beata",
    "invitation_back": "ana ewa beata", "house_job_again": "ana ewa beata",
    "house_grant_go": "ana ewa beata", "house_mailbox_gone": "ana ewa beata",
    "house_hook_gone": "ana ewa beata", "house_hook_key": "ana ewa beata", "house_pickup_gone": "ana ewa beata",
}  # fmt: skip
# Under these names forms take keys: each gets one of what is another's, after one that is nobody's.
TAKES_KEYS = {
    "case": "reference", "chosen": "reference", "customer": "customer", "dropped": "file",
    "file": "file", "files": "file", "into": "reference", "kept": "file", "members": "person",
    "message": "message", "messages": "message", "named": "person", "person": "person",
    "point": "point", "points": "point", "reference": "reference", "reply": "saved",
    "saved": "saved", "stand_in": "person", "team": "team", "to": "reference", "view": "view",
}  # fmt: skip
# And which have a case before it; what a key means here is tried first of all.
OF_A_CASE = {
    "attachment": "file", "held_one": "mail", "letter": "message", "move_back": "message", "point": "point",
    "point_removal": "point", "point_undo": "point", "promise": "promise", "redaction": "message",
    "remedy": "remedy", "reply_undo": "message", "representative_remove": "representative",
    "source": "message", "telling_undo": "message",
}  # fmt: skip
KEYED = [(name, path) for name, path in OF_THE_DESK if "<uuid:key>" in path]


@pytest.fixture
def theirs(cast, now):
    """Petra's things: a case of the closed team with one of everything, every word marked."""
    told = Told(
        text=f"{MARK} broken", channel="form", name=f"{MARK} Nowak", language="en",
        address="pavel@customer.example",
        uploads=[Upload(f"{MARK}.pdf", "application/pdf", b"%PDF")],
    )  # fmt: skip
    contact = take_in_told(told, at=now)
    rows = _rows_on(contact, cast, now) | _rows_of_the_house(cast, now)
    contact.hand_to(by=cast.ewa, at=now, team=cast.office, person=cast.petra)
    petra = {"by": cast.petra, "at": now}
    draft = Draft.objects.keep(contact, Draft.What.REPLY, {"text": MARK}, **petra)
    saved = SavedReply.objects.make(name=MARK, texts={"en": MARK}, **petra)
    keys = {name: row.pk for name, row in rows.items()} | {
        "draft": draft.pk, "saved": saved.pk, "contact": contact.pk, "customer": contact.customer_id,
        "round": Round.objects.begin([contact], {"en": MARK}, **petra).pk,
        "view": SavedView.objects.keep(person=cast.petra, name=MARK, query="q=x").pk,
        "person": cast.petra.pk, "team": cast.office.pk, "nobody's": NOBODYS,
    }  # fmt: skip
    return Contact.objects.get(pk=contact.pk), keys


def _rows_on(contact, cast, now):
    by = {"by": cast.ana, "at": now}
    promised = {"what": MARK, "due_at": now.replace(hour=15)}
    message = contact.messages.get(direction="in")
    return {
        "message": message,
        "file": message.attachments.get(),
        "note": Note.objects.write(contact, text=MARK, **by),
        "point": contact.complaint.add_point(MARK, **by),
        "promise": Promise.objects.give(contact.complaint, **promised, **by),
        "remedy": Remedy.objects.decide(contact.complaint, what=MARK, **by),
        "representative": contact.customer.represent_by(name=MARK, address="leo@law.example"),
        "mail": Outgoing.objects.on(contact.pk).first(),
    }


def _rows_of_the_house(cast, now):
    jan, day = {"by": cast.jan, "at": now}, date(2026, 12, 24)
    mailbox = Mailbox.objects.get()
    cast.house.set(**jan, answer_hours=9)
    cast.house.close_on({day: "Eve"}, **jan)
    away = {"from_date": day, "until_date": day, "stand_in": None}
    said = {"name": "Nora", "language": "en", "languages": []}
    return {
        "mailbox": mailbox,
        "grant": Grant.objects.prepare(
            mailbox, provider="google", tenant="", user="u", client_id=MARK, client_secret=MARK,
            **jan,
        ),
        "change": Event.objects.get(verb="house_set"),
        "holiday": Holiday.objects.get(),
        "absence": Absence.objects.note(person=cast.petra, **away),
        "invitation": invite(email="new@house.example", administers=True, **said, **jan),
        "job": Job.objects.create(
            task="x.y", state=JobState.DEAD, error=MARK, run_at=now, created_at=now, finished_at=now,
        ),
    }  # fmt: skip


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def ask(client, verb, where, typed=None, **more):
    """Ask, look at all that is told, and let nothing of it stay."""
    with transaction.atomic():
        answer = getattr(client, verb)(where, typed or {}, **more)
        told = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, told.decode("utf-8", "replace")


def state_of(contact):
    """Everything of the case that a form could reach."""
    return {
        "contact": Contact.objects.values().get(pk=contact.pk),
        "customer": Customer.objects.values().get(pk=contact.customer_id),
        "messages": list(contact.messages.order_by("pk").values()),
        "notes": list(contact.notes.order_by("pk").values()),
        "mails": list(Outgoing.objects.on(contact.pk).order_by("pk").values("pk", "state")),
        "drafts": list(Draft.objects.order_by("pk").values()),
        "saved": list(SavedReply.objects.order_by("pk").values()),
        "views": list(SavedView.objects.order_by("pk").values()),
        "following": Contact.objects.filter(merged_into=contact).count(),
        "checks": CheckBack.objects.filter(complaint__contact=contact).count(),
    }


def test_it_knows_what_each_key_in_an_address_means():
    assert set(MEANT) == {name for name, path in KEYED if path not in OF_CASES}
    assert set(OF_A_CASE) == {name for name, path in KEYED if path in OF_CASES}


def some(keys, number, *first, but=""):
    """Return some kinds of key, others for each number, so that all have their turn."""
    kinds = sorted(set(keys) - {but, *first})
    turn = [kinds[(number * 3 + step) % len(kinds)] for step in range(3)]
    return dict.fromkeys([*first, *turn])


def walk(client, asked, not_there, typed=None):
    """Ask for each in both ways; return what was there, or told of what is hidden."""
    wrong = []
    for what, where in asked:
        for verb in ("get", "post"):
            status, told = ask(client, verb, where, typed)
            if status not in not_there or MARK in told:
                wrong.append((what, verb, status, MARK in told))
    return wrong


@pytest.mark.parametrize("who", ["ewa", "jan"])
def test_a_key_of_another_thing_opens_nothing(cast, theirs, who):
    contact, keys = theirs
    before = state_of(contact)
    asked = [
        (f"{name} {kind}", reverse(f"desk:{name}", args=[keys[kind]]))
        for number, (name, meant) in enumerate(MEANT.items())
        for kind in some(keys, number, but=meant)
        if who in AUDIENCE[name]
    ]
    assert walk(client_of(getattr(cast, who)), asked, NOT_THERE) == []
    assert state_of(contact) == before


@pytest.mark.parametrize("who", ["ana", "ewa", "beata", "jan"])
def test_what_is_another_s_is_not_there(cast, theirs, who):
    contact, keys = theirs
    before = state_of(contact)
    asked = [
        (name, reverse(f"desk:{name}", args=[keys[MEANT[name]]]))
        for name, people in NOT_FOR.items()
        if who in people.split()
    ]
    assert walk(client_of(getattr(cast, who)), asked, NOT_THERE) == []
    assert state_of(contact) == before


@pytest.mark.parametrize("who", ["ana", "ewa", "beata", "jan"])
def test_keys_of_a_closed_team_s_case_open_nothing_under_a_case_one_sees(
    cast, theirs, complaint, who
):
    contact, keys = theirs
    before = state_of(contact)
    asked = [
        (f"{name} {kind}", reverse(f"desk:{name}", args=[complaint.contact.reference, keys[kind]]))
        for number, (name, meant) in enumerate(OF_A_CASE.items())
        for kind in some(keys, number, meant)
    ]
    # Quality reads: before anything is looked for, it is told who acts.
    not_there = NOT_THERE | ({302} if who == "beata" else set())
    client = client_of(getattr(cast, who))
    assert walk(client, asked, not_there, {"text": "I was here"}) == []
    assert state_of(contact) == before


@pytest.mark.parametrize("who", ["ana", "ewa"])
def test_keys_of_others_in_a_form_lead_to_nothing(cast, theirs, complaint, who):
    contact, keys = theirs
    client, before, wrong = client_of(getattr(cast, who)), state_of(contact), []
    everything = {"reference": contact.reference, **keys}
    soup = {
        f"{prefix}{name}": [NOBODYS, str(everything[last])]
        for prefix in ("", "merge-", "move-", "hands-", "call-", "letter-", "for-", "note-")
        for name, last in TAKES_KEYS.items()
    }
    typed = {**soup, "text": "Sorry.", "what": "reply", "note-text": "x"}
    # The house's pages are for who leads, all others for who answers.
    wanted = [
        (name, path) for name, path in OF_THE_DESK if (AUDIENCE.get(name) == SETS) == (who == "ewa")
    ]
    for name, path in wanted:
        for where in filled(path, complaint.contact, [NOBODYS]):
            status, told = ask(client, "post", where, typed, follow=True)
            if status in {400, 500} or MARK in told:
                wrong.append((name, status))
    assert wrong == []
    assert state_of(contact) == before


def of_a_link():
    return [(room, name) for room, name, path in addresses() if "<str:token>" in path]


def test_links_of_another_house_open_nothing(cast, theirs, complaint, now, settings):
    contact, keys = theirs
    ours = settings.SECRET_KEY
    settings.SECRET_KEY = "of another house, as long as ours is, and by no means the same one"
    theirs_tokens = [
        token_for(contact), token_for(complaint.contact), survey_token(contact.pk),
        tokens.token_for(cast.ana, at=now), _invitation_token(keys["invitation"]),
    ]  # fmt: skip
    settings.SECRET_KEY = ours
    own = [token_for(complaint.contact), _invitation_token(keys["invitation"])]
    asked = [
        (
            name,
            reverse(
                f"{room}:{name}" if room else name,
                args=[token, *([keys["file"]] if name == "file" else [])],
            ),
        )
        for room, name in of_a_link()
        for token in theirs_tokens
    ]
    # An invitation that is over says so, whoever has signed it.
    assert walk(Client(), asked, {404, 405, 410}, {"text": "I was here"}) == []
    # The same links, signed by this house, open: the test would tell.
    assert Client().get(reverse("portal:status", args=own[:1])).status_code == 200
    assert Client().get(reverse("entry:invited", args=own[1:])).status_code == 200


def _invitation_token(key):
    return Invitation.objects.get(pk=key).token
