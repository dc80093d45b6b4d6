"""Every address of every door is asked as everybody, by page and by form, with every key there is.

The addresses come from the resolver: a new one is walked as soon as it is there, and fails until
the table says whom it is for.
"""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.test_style import INLINE

from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.models import Attachment, Contact, Message, Note, Point
from amends.records.customers.models import Representative
from amends.records.people.models import Person
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

EVERYBODY = {"ana", "ewa", "beata", "jan"}  # who answers, who leads, quality, the administrator
STORIES, HEARS, SETS = {"ana", "ewa", "beata"}, {"ana", "ewa"}, {"ewa", "jan"}
# Whom an address of the desk is for that has no case in it; to others it is not there.
AUDIENCE = {
    "my_day": EVERYBODY,  # it leads the administrator to House style
    **dict.fromkeys(("figures", "cases", "palette", "saved_views", "saved_view_forget", "notices",
        "notices_seen", "my_notices", "pulse", "my_day_pulse", "cases_pulse", "saved_replies",
        "saved_reply", "saved_reply_new", "saved_reply_delete", "saved_reply_undo",
        "saved_reply_preview", "saved_replies_import", "saved_replies_export"), STORIES),
    **dict.fromkeys(("hear", "told", "callers", "round_begin", "round", "round_undo",
        "together_hands"), HEARS),
    **dict.fromkeys(("house", "house_texts", "house_text", "house_hours", "house_holidays",
        "house_holiday_gone", "house_teams", "house_team", "house_team_new", "house_people",
        "house_person", "absences", "absence_end", "house_mail", "house_mailbox_gone",
        "house_playbook", "house_book", "house_book_new", "house_book_retirement",
        "house_keeping", "house_changes", "house_change_undo", "invitations", "invitation_again",
        "invitation_back", "growth", "held", "held_let_go", "held_discard", "house_sender",
        "erasing", "customer_erasing", "customer_extract", "legal_hold", "legal_hold_lift", "house_running",
        "house_job_again", "house_grant", "house_grant_go", "house_grant_back", "house_hook",
        "house_hook_gone", "house_hook_key", "house_trial", "house_pickup", "house_pickup_gone"), SETS),
    "case_rows": {"ewa", "beata"},
    **{name: {"jan"} for name in ("second_factor", "house_looks", "looks_rows")},
}  # fmt: skip
NOT_THERE = {404, 405}
MARK = "zqhidden"
KEYED = (Message, Attachment, Note, Point, Promise, Remedy, Representative)
# What a search may be asked for, whatever its field is called.
SEARCHED = dict.fromkeys(("q", "query", "search", "name", "text", "find", "who"), MARK)
TYPED = {**SEARCHED, "note-text": MARK, "kind": "question", "solved": "no", "state": "all"}


def addresses(resolver=None, prefix="/", room=""):
    """Yield the room, the name and the path of each address, its parts in angle brackets."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path, entry.namespace or room)
        elif isinstance(entry, URLPattern):
            yield room, str(entry.name), re.sub(r"\^|\$|\\Z", "", path)


OF_CASES = [path for _room, _name, path in addresses() if "<str:reference>" in path]
OF_THE_DESK = [(name, path) for room, name, path in addresses() if room == "desk"]
ALL = sorted({path for _room, _name, path in addresses()})


@pytest.fixture
def hidden(cast, now):
    """A case with a row of everything, every word of it marked."""
    told = Told(
        text=f"{MARK} broken", channel="form", name="Olga Nowak", language="en",
        address="olga@customer.example", uploads=[Upload(f"{MARK}.pdf", "application/pdf", b"%PDF")],
    )  # fmt: skip
    contact = take_in_told(told, at=now)
    complaint = contact.complaint
    complaint.add_point(MARK, by=cast.ana, at=now)
    due_at = now.replace(hour=15)
    Promise.objects.give(complaint, what=MARK, due_at=due_at, by=cast.ana, at=now)
    Remedy.objects.decide(complaint, what=MARK, by=cast.ana, at=now)
    contact.customer.represent_by(name="Leo", address="leo@law.example")
    Note.objects.write(contact, by=cast.ana, text=MARK, at=now)
    return contact


def keys_there_are():
    """Return a key of each kind of row that an address could mean, and one that is nobody's."""
    rows = (model.objects.values_list("pk", flat=True) for model in KEYED)
    return [*(found.first() for found in rows), uuid.UUID(int=1)]


def filled(path, contact, keys):
    """Yield the path with every key in it."""
    path = path.replace("<str:reference>", contact.reference)
    path = re.sub(r"<int:\w+>", "1", re.sub(r"<(str|slug):\w+>", "x", path))
    many = keys if "<uuid:key>" in path else keys[:1]
    return [path.replace("<uuid:key>", str(key)) for key in many]


def ask(person, where):
    """Ask for the page and send the form, signed in anew; let nothing of it stay."""
    for verb in ("get", "post"):
        client = Client()
        with transaction.atomic():
            if person:
                client.force_login(Person.objects.get(pk=person.pk))
            answer = getattr(client, verb)(where, TYPED)
            told = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        # Whoever is led back, or to another language, is led by the address they gave.
        yield answer.status_code, told.decode("utf-8", "replace").replace(where, "")


def rows_of(contact):
    return {
        "contact": Contact.objects.values().get(pk=contact.pk),
        "notes": list(contact.notes.values()),
        "messages": list(contact.messages.values()),
        "mails": Outgoing.objects.count(),
    }


def walk_as(person, contact):
    """Ask for everything; return what answered wrongly, or told of the case."""
    wrong, keys = [], keys_there_are()
    for path in ALL:
        for where in filled(path, contact, keys):
            for status, told in ask(person, where):
                # A page that isn't there may lead on with the reference that it was asked for.
                told_of = f"{MARK} broken" in told or (
                    contact.reference in told and path not in OF_CASES
                )
                there = status not in NOT_THERE if path in OF_CASES else status == 500
                if told_of or there:
                    wrong.append((where, status, told_of))
    return wrong


def test_it_gives_nothing_of_a_closed_team_s_case_anywhere(cast, now, hidden):
    hidden.hand_to(by=cast.ewa, at=now, team=cast.office)
    page = reverse("desk:case", args=[hidden.reference])
    assert any(f"{MARK} broken" in told for _status, told in ask(cast.petra, page))
    before = rows_of(hidden)
    assert not walk_as(cast.ewa, hidden)
    assert rows_of(hidden) == before


def test_it_gives_nothing_to_whom_the_complaint_is_about(cast, now, hidden):
    hidden.complaint.name_person(cast.beata, by=cast.jan, at=now)
    before = rows_of(hidden)
    assert not walk_as(cast.beata, hidden)
    assert rows_of(hidden) == before


@pytest.mark.parametrize("who", [None, "marek"])
def test_it_sends_strangers_and_who_has_left_to_the_sign_in(cast, hidden, who):
    cast.marek.is_active = False
    cast.marek.save()
    for name, path in OF_THE_DESK:
        for where in filled(path, hidden, keys_there_are()[:1]):
            statuses = {status for status, _told in ask(who and cast.marek, where)}
            assert statuses <= {302, 405}, name


def test_it_knows_whom_each_address_of_the_desk_is_for():
    assert {name for name, path in OF_THE_DESK if path not in OF_CASES} == set(AUDIENCE)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_it_is_there_for_its_own_people_and_for_no_others(cast, hidden, who):
    keys = keys_there_are()[:1]
    for name, path in OF_THE_DESK:
        if path in OF_CASES:
            continue
        for where in filled(path, hidden, keys):
            statuses = {status for status, _told in ask(getattr(cast, who), where)}
            if who not in AUDIENCE[name]:
                assert statuses <= NOT_THERE, (name, statuses)
            # Where a provider sends one back to is there only after one has gone to it.
            elif "<" not in path and name != "house_grant_back":
                assert not statuses <= NOT_THERE, (name, statuses)
            assert not statuses & {403, 500}, (name, statuses)


def test_it_has_no_page_that_needs_more_than_the_policy_allows(cast, hidden):
    client, seen = Client(), 0
    for path in ALL:
        client.force_login(Person.objects.get(pk=cast.ewa.pk))
        answer = client.get(filled(path, hidden, keys_there_are()[:1])[0])
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        policy, html = answer["Content-Security-Policy"], answer.content.decode()
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        found = [what for what, pattern in INLINE.items() if re.search(pattern, html)]
        assert not found, (path, found)
        seen += answer.status_code == 200
    assert seen > 20
