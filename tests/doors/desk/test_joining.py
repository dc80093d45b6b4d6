"""Merge, split and move at the desk: a strip undoes each, and what can't be is said."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact, Note

UNDO = re.compile(r'class="strip__close" action="([^"]+)"')


@pytest.fixture
def second(cast, now):
    told = Told(
        text="Where is my 200?", channel="mail", name="Olga Nowak", language="en",
        address="olga@customer.example", subject="My 200",
    )  # fmt: skip
    return take_in_told(told, at=now + timedelta(minutes=10), by=cast.ana)


@pytest.fixture
def merged(ana, to, second, complaint, clock):
    ana.post(to("merge", second), {"head": complaint.reference}, follow=True)
    return Contact.objects.get(pk=second.pk)


def undo_in(page):
    return UNDO.search(page).group(1)


def test_it_merges_and_undoes_from_the_strip(ana, to, second, complaint, clock):
    offered = ana.get(to("case", second)).content.decode()
    assert f'name="head" value="{complaint.reference}"' in offered
    answer = ana.post(to("merge", second), {"head": complaint.reference}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == to("case", complaint.contact)
    assert "is merged into this case" in page
    assert "Where is my 200?" in page
    back = ana.post(undo_in(page), follow=True).content.decode()
    assert "Taken apart" in back
    assert Contact.objects.get(pk=second.pk).state == "open"


def test_it_leads_from_each_to_the_other(ana, to, merged, complaint):
    head = ana.get(to("case", complaint.contact)).content.decode()
    assert to("case", merged) in head
    assert to("merge_undo", merged) in head
    follower = ana.get(to("case", merged)).content.decode()
    assert to("case", complaint.contact) in follower
    assert 'id="reply-text"' not in follower
    assert to("merge_undo", merged) in follower


def test_it_shows_the_merged_one_in_no_list_of_work(ana, merged, complaint):
    for where in (reverse("desk:my_day"), reverse("desk:cases")):
        page = ana.get(where).content.decode()
        assert f"/cases/{merged.reference}/" not in page
        assert f"/cases/{complaint.reference}/" in page
    everything = ana.get(reverse("desk:cases"), {"state": "all"}).content.decode()
    assert f"/cases/{merged.reference}/" in everything


def test_it_shows_nothing_of_a_merged_case_that_one_may_not_see(
    seat, to, merged, complaint, cast, clock
):
    Note.objects.write(merged, by=cast.ana, text="A word among us", at=clock())
    merged.hand_to(team=cast.office, by=cast.ewa, at=clock())
    page = seat("ana").get(to("case", complaint.contact)).content.decode()
    assert "Where is my 200?" not in page
    assert "A word among us" not in page
    assert "Where is my 200?" in seat("beata").get(to("case", complaint.contact)).content.decode()


def test_it_says_why_it_does_not_merge(ana, to, second, complaint, cast, now):
    told = Told(text="Mine", channel="mail", name="Eve", address="eve@elsewhere.example")
    stranger = take_in_told(told, at=now, by=cast.ana)
    for contact, head, said in (
        (stranger, complaint.reference, "different customers"),
        (complaint.contact, second.reference, "A complaint leads"),
        (second, "", "Choose the other case."),
    ):
        page = ana.post(to("merge", contact), {"head": head}, follow=True).content.decode()
        assert said in page
    assert ana.post(to("merge", second), {"head": "AM-22222"}).status_code == 404


def test_it_splits_off_and_brings_back(ana, to, complaint, clock):
    contact = complaint.contact
    words = contact.customer_writes(text="And the charger broke.", at=clock())
    chosen = {"messages": [str(words.pk)], "kind": "complaint"}
    page = ana.post(to("split", contact), chosen, follow=True)
    new = Contact.objects.exclude(pk=contact.pk).get()
    assert page.redirect_chain[-1][0] == to("case", new)
    assert new.complaint.story == "And the charger broke."
    assert to("case", new) in ana.get(to("case", contact)).content.decode()
    page = ana.post(undo_in(page.content.decode()), follow=True).content.decode()
    assert "Brought back" in page
    assert contact.messages.filter(direction="in").count() == 2


def test_it_moves_a_message_and_back(ana, to, complaint, second, clock):
    contact = complaint.contact
    words = contact.customer_writes(text="About the 200.", at=clock())
    chosen = {"messages": [str(words.pk)], "to": second.reference}
    page = ana.post(to("move", contact), chosen, follow=True).content.decode()
    assert second.messages.filter(pk=words.pk).exists()
    ana.post(undo_in(page), follow=True)
    assert contact.messages.filter(pk=words.pk).exists()


@pytest.mark.parametrize("keys", [[], ["nonsense"], ["00000000-0000-0000-0000-000000000001"]])
def test_it_moves_no_message_that_is_none_of_the_case(ana, to, complaint, second, keys):
    for name in ("split", "move"):
        answer = ana.post(
            to(name, complaint.contact), {"messages": keys, "to": second.reference}, follow=True
        )
        assert answer.status_code == 404 or "Choose the messages." in answer.content.decode()
    assert Contact.objects.count() == 2
