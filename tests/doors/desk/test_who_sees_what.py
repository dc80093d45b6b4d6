"""Who may see it sees it; to all others it isn't there, which is 404 and not 403."""

import uuid

import pytest
from django.urls import reverse

from amends.doors.desk.urls import urlpatterns
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

# What each address takes, and what it needs beside the reference; a new one needs a line here.
LISTS = {
    "cases",
    "cases_pulse",
    "figures",
    "my_day",
    "my_day_pulse",
    "notices",
    "palette",
    "pulse",
}
PAGES = {
    "my_day": None,
    "cases": None,
    "figures": None,
    "palette": None,
    "case": None,
    "pulse": None,
    "my_day_pulse": None,
    "cases_pulse": None,
    "notices": None,
    "case_pulse": None,
    "colleagues": None,
}
FILES = {
    "attachment": "file",
    "source": "message",
    "case_saved_replies": None,
    "letter": "message",
}
VERBS = {
    "verdict": None,
    "verdict_undo": None,
    "reply": None,
    "reply_undo": "message",
    "note": None,
    "points": None,
    "point": "point",
    "point_removal": "point",
    "point_undo": "point",
    "paraphrase": None,
    "promises": None,
    "promise": "promise",
    "remedies": None,
    "remedy": "remedy",
    "understanding": None,
    "customer": None,
    "next": None,
    "hands": None,
    "draft": None,
    "draft_discard": None,
    "saved_reply_insert": None,
    "named": None,
    "case_hold": None,
    "case_hold_lift": None,
    "closing": None,
    "confirmation": None,
    "check_back": None,
    "calls": None,
    "letters": None,
    "telling_undo": "message",
    "sender": None,
    "writes_for": None,
    "belonging": None,
    "held_one": "message",
    "stands_alone": None,
    "representatives": None,
    "representative_remove": "representative",
    "merge": None,
    "merge_undo": None,
    "split": None,
    "split_undo": None,
    "move": None,
    "move_back": "message",
    "survey": None,
}
OF_A_CASE = {"case": None, **FILES, **VERBS}
ALL = {**PAGES, **OF_A_CASE}
# No case stands in their address; files of their own tell who may see them.
ELSEWHERE = {
    "absence_end",
    "absences",
    "callers",
    "case_rows",
    "growth",
    "hear",
    "held",
    "held_discard",
    "held_let_go",
    "house",
    "house_change_undo",
    "house_book",
    "house_book_new",
    "house_book_retirement",
    "house_changes",
    "house_grant",
    "house_grant_back",
    "house_grant_go",
    "house_holiday_gone",
    "house_holidays",
    "house_hook",
    "house_hook_gone",
    "house_hook_key",
    "house_hours",
    "customer_erasing",
    "customer_extract",
    "erasing",
    "house_keeping",
    "house_looks",
    "looks_rows",
    "house_mail",
    "house_mailbox_gone",
    "house_job_again",
    "house_people",
    "house_person",
    "house_pickup",
    "house_pickup_gone",
    "house_playbook",
    "house_running",
    "house_sender",
    "house_team",
    "house_team_new",
    "house_teams",
    "house_text",
    "house_texts",
    "house_trial",
    "legal_hold",
    "legal_hold_lift",
    "invitation_again",
    "invitation_back",
    "invitations",
    "my_notices",
    "notices_seen",
    "redaction",
    "round",
    "round_begin",
    "round_undo",
    "saved_replies",
    "saved_replies_export",
    "saved_replies_import",
    "saved_reply",
    "saved_reply_delete",
    "saved_reply_new",
    "saved_reply_preview",
    "saved_reply_undo",
    "saved_view_forget",
    "saved_views",
    "second_factor",
    "together_hands",
    "told",
}


@pytest.fixture
def things(cast, now):
    """A contact with one of everything that has an address of its own."""
    contact = take_in_told(
        Told(
            text="Broken again.", channel="form", name="Olga Nowak", language="en",
            address="olga@customer.example", uploads=[Upload("bill.pdf", "application/pdf", b"%PDF")],
        ),
        at=now,
    )  # fmt: skip
    complaint = contact.complaint
    message = contact.messages.get(direction="in")
    point = complaint.add_point("It broke", by=cast.ana, at=now)
    due_at = now.replace(hour=15)
    promise = Promise.objects.give(complaint, what="Repair", due_at=due_at, by=cast.ana, at=now)
    remedy = Remedy.objects.decide(complaint, what="A new one", by=cast.ana, at=now)
    representative = contact.customer.represent_by(name="Leo", address="leo@law.example")
    return contact, {
        "file": message.attachments.get().pk, "message": message.pk, "point": point.pk,
        "promise": promise.pk, "remedy": remedy.pk, "representative": representative.pk,
    }  # fmt: skip


def address(name, contact, keys):
    args = [] if name in LISTS else [contact.reference]
    needed = ALL[name]
    return reverse(f"desk:{name}", args=[*args, keys[needed]] if needed else args)


def asked(client, name, where, typed=None):
    return client.post(where, typed or {}) if name in VERBS else client.get(where)


def statuses(client, things, names, typed=None):
    contact, keys = things
    return {
        name: asked(client, name, address(name, contact, keys), typed).status_code for name in names
    }


def test_it_knows_every_address_of_the_desk():
    assert {pattern.name for pattern in urlpatterns} == {*ALL, *ELSEWHERE}


def test_it_sends_who_has_not_signed_in_to_the_sign_in_and_back_to_a_page(seat, things):
    contact, keys = things
    for name in ALL:
        where = address(name, contact, keys)
        answer = asked(seat(None), name, where)
        assert answer.status_code == 302, name
        back = reverse("desk:case", args=[contact.reference]) if name in VERBS else where
        assert answer["Location"] == f"{reverse('account_login')}?next={back}", name


@pytest.mark.parametrize("who", ["ana", "marek", "ewa", "beata"])
def test_it_shows_pages_and_files_to_who_may_see_them(seat, things, who):
    # The form leaves no mail whose source could be looked at.
    expected = dict.fromkeys([*PAGES, *FILES], 200) | {"source": 404}
    assert statuses(seat(who), things, [*PAGES, *FILES]) == expected


def test_it_is_not_there_for_the_administrator(seat, things):
    elsewhere = {name: 404 for name in ALL if name != "my_day"}
    assert statuses(seat("jan"), things, ALL) == {"my_day": 302, **elsewhere}
    assert seat("jan").get(reverse("desk:my_day"))["Location"] == reverse("desk:house")


def test_it_is_closed_to_one_who_has_left(seat, cast, things):
    client = seat("marek")
    type(cast.marek).objects.filter(pk=cast.marek.pk).update(is_active=False)
    assert statuses(client, things, ALL) == dict.fromkeys(ALL, 302)


def change_all(contact):
    return contact.verdicts.count(), contact.messages.count(), contact.notes.count()


@pytest.mark.parametrize("who", ["ana", "ewa"])
def test_it_is_not_there_for_an_outsider_of_a_closed_team(seat, cast, now, things, who):
    contact, _keys = things
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    before = change_all(contact)
    typed = {"text": "I was here", "note-text": "I was here", "kind": "question"}
    assert statuses(seat(who), things, OF_A_CASE, typed) == dict.fromkeys(OF_A_CASE, 404)
    assert change_all(contact) == before


@pytest.mark.parametrize("who", ["marek", "beata", "ewa"])
def test_it_is_not_there_for_whom_the_complaint_is_about(seat, cast, now, things, who):
    contact, _keys = things
    contact.complaint.name_person(getattr(cast, who), by=cast.jan, at=now)
    before = change_all(contact)
    typed = {"text": "I was here", "note-text": "I was here", "kind": "question"}
    assert statuses(seat(who), things, OF_A_CASE, typed) == dict.fromkeys(OF_A_CASE, 404)
    assert change_all(contact) == before
    for name in LISTS:
        assert contact.reference not in seat(who).get(reverse(f"desk:{name}")).content.decode()


def test_it_shows_a_closed_team_s_cases_to_its_members_and_to_quality(seat, cast, now, things):
    contact, keys = things
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    for who, status in (("petra", 200), ("beata", 200), ("ana", 404), ("ewa", 404)):
        assert seat(who).get(address("case", contact, keys)).status_code == status, who


def test_it_lists_nothing_that_one_may_not_see(seat, cast, now, things):
    contact, _keys = things
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    for who, shown in (("petra", True), ("beata", True), ("ana", False), ("ewa", False)):
        listed = seat(who).get(reverse("desk:cases"), {"state": "all"}).content.decode()
        assert (contact.reference in listed) is shown, who
        day = seat(who).get(reverse("desk:my_day")).content.decode()
        assert (contact.reference in day) is (who == "petra"), who


def test_it_does_not_list_an_earlier_case_of_a_closed_team(seat, cast, now, things, complaint):
    contact, _keys = things
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    where = reverse("desk:case", args=[complaint.contact.reference])
    assert contact.reference not in seat("ana").get(where).content.decode()
    assert contact.reference in seat("beata").get(where).content.decode()


def test_it_finds_nothing_of_another_case_by_its_key(ana, things, complaint):
    _contact, keys = things
    # A representative is the customer's, in each of their cases; test_saying_whose.py tells of others.
    keyed = [name for name, needed in OF_A_CASE.items() if needed not in {None, "representative"}]
    for name in keyed:
        for key in (keys[ALL[name]], uuid.UUID(int=1)):
            where = reverse(f"desk:{name}", args=[complaint.contact.reference, key])
            assert asked(ana, name, where).status_code == 404, name


def test_it_takes_a_verb_by_post_and_shows_a_page_by_get_only(ana, things):
    contact, keys = things
    for name in ALL:
        where = address(name, contact, keys)
        other_way = ana.get if name in VERBS else ana.post
        assert other_way(where).status_code == 405, name


def test_it_takes_no_verb_without_the_browser_s_own_key(seat, things):
    contact, keys = things
    client = seat("ana", enforce_csrf_checks=True)
    for name in VERBS:
        answer = client.post(address(name, contact, keys), {"note-text": "x", "text": "x"})
        assert answer.status_code == 403, name
    assert contact.notes.count() == 0


@pytest.mark.parametrize("reference", ["AM-22222", "%00", "..", "A" * 300, "%F0%9F%92%94", "'--"])
def test_it_has_no_page_for_a_reference_that_is_none(ana, reference):
    assert ana.get(f"/desk/cases/{reference}/").status_code == 404


def test_it_keeps_what_it_shows_out_of_shared_caches(ana, things):
    contact, keys = things
    for name in [*PAGES, "attachment"]:
        assert "private" in ana.get(address(name, contact, keys))["Cache-Control"], name


def test_it_lets_quality_read_and_leave_a_note_but_not_act(seat, cast, things):
    contact, keys = things
    beata = seat("beata")
    beata.post(address("understanding", contact, keys), {"understanding-severity": "4"})
    page = beata.get(address("case", contact, keys)).content.decode()
    assert "Who answers it does that." in page
    beata.post(address("reply", contact, keys), {"text": "I was here"})
    beata.post(address("note", contact, keys), {"note-text": "Please look at the bill."})
    assert not contact.messages.filter(author=cast.beata).exists()
    assert contact.notes.get(author=cast.beata).text == "Please look at the bill."
