"""The bell, the list of notices, and what one chooses to be told."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.complaints.models import Note
from amends.records.notices import mailing
from amends.records.notices.models import Choice, Notice, What

NOTICES, SEEN = reverse("desk:notices"), reverse("desk:notices_seen")
CHOICE = reverse("desk:my_notices")
CHOSEN = {
    "in_desk": ["due", "bounced"], "by_mail": ["due"], "every_hours": "4", "quiet_from": "18:00",
    "quiet_until": "08:00", "quiet_days": ["5", "6"],
}  # fmt: skip


@pytest.fixture
def told(cast, complaint, now):
    """Marek was handed the case."""
    complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.marek)
    return complaint.contact


def page_of(client, where):
    return client.get(where).content.decode()


def test_it_rings_on_every_page_until_the_case_is_opened(seat, to, told):
    marek = seat("marek")
    assert "Notices: 1 new" in page_of(marek, reverse("desk:cases"))
    assert "Handed to you" in page_of(marek, NOTICES)
    assert "Notices: nothing new" in page_of(marek, to("case", told))
    assert "Notices: nothing new" in page_of(marek, reverse("desk:cases"))
    assert "Handed to you" in page_of(marek, NOTICES)


def test_it_leaves_a_notice_unseen_when_somebody_else_opens_the_case(seat, to, told):
    seat("ana").get(to("case", told))
    assert Notice.objects.unseen().count() == 1


def test_it_takes_all_as_seen_and_goes_back(seat, cast, told):
    marek = seat("marek")
    where = reverse("desk:cases") + "?state=all"
    assert marek.post(SEEN, {"back": where})["Location"] == where
    assert not Notice.objects.unseen().exists()


@pytest.mark.parametrize(
    "back", ["https://evil.example/desk/", "//evil.example", "/me/logout/", "", "\0"]
)
def test_it_goes_back_nowhere_but_to_the_desk(seat, told, back):
    assert seat("marek").post(SEEN, {"back": back})["Location"] == NOTICES


def test_it_takes_only_one_s_own_as_seen(seat, told):
    seat("ana").post(SEEN)
    assert Notice.objects.unseen().count() == 1


def test_it_says_nothing_of_a_case_that_moved_out_of_sight(seat, cast, told, now):
    told.hand_to(by=cast.ewa, at=now, team=cast.office)
    marek = seat("marek")
    for where in (NOTICES, reverse("desk:cases"), reverse("desk:pulse")):
        assert told.reference not in page_of(marek, where)
    assert "Notices: nothing new" in page_of(marek, NOTICES)


def test_it_teaches_what_will_stand_there_while_there_is_nothing(ana, cast):
    assert "Nothing was told to you yet" in page_of(ana, NOTICES)


def test_it_lists_in_a_constant_number_of_queries(seat, cast, told, now):
    marek = seat("marek")

    def count():
        marek.get(NOTICES)
        with CaptureQueriesContext(connection) as seen:
            marek.get(NOTICES)
        return len(seen)

    few = count()
    for number in range(30):
        Notice.objects.tell(cast.marek, told, What.DUE, key=str(number), at=now)
    assert count() == few
    assert "more than 8 new" in page_of(marek, NOTICES)


def test_it_keeps_what_one_chooses_and_says_what_it_means(ana, cast):
    assert "Nothing comes to you by mail" in page_of(ana, CHOICE)
    assert ana.post(CHOICE, CHOSEN)["Location"] == CHOICE
    choice = Choice.objects.get(person=cast.ana)
    assert (choice.in_desk, choice.by_mail) == (["bounced", "due"], ["due"])
    assert (choice.every_hours, choice.quiet_from, choice.quiet_until) == (4, time(18), time(8))
    assert choice.quiet_days == [5, 6]
    page = page_of(ana, CHOICE)
    assert "every 4 hours at most" in page
    assert "From 18:00 to 08:00 none is sent." in page
    assert "Saturday, Sunday" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_until": "18:00"}, {"quiet_until": ""}, {"quiet_from": "25:99"},
        {"every_hours": "3"}, {"every_hours": "x"}, {"in_desk": ["everything"]},
        {"quiet_days": ["7"]}, {"by_mail": ["\0"]}, {"quiet_from": "\0"},
    ],
)  # fmt: skip
def test_it_keeps_nothing_of_a_choice_that_can_t_be(ana, cast, wrong):
    answer = ana.post(CHOICE, {**CHOSEN, **wrong})
    assert answer.status_code == 422
    assert "Not kept yet" in answer.content.decode()
    assert not Choice.objects.exists()


def test_it_is_for_people_who_see_stories(seat, cast):
    for where in (CHOICE, SEEN):
        assert seat("jan").post(where, CHOSEN).status_code == 404
        assert seat(None).post(where, CHOSEN).status_code == 302
    assert not Choice.objects.exists()


def test_it_mails_links_that_lead_to_the_desk_s_pages(to, complaint):
    assert mailing._WHERE_TO_CHOOSE == CHOICE
    assert f"{mailing._WHERE_A_CASE_IS}{complaint.contact.reference}/" == to(
        "case", complaint.contact
    )


def test_it_marks_in_a_note_who_is_named_and_nobody_else(seat, ana, to, told):
    ana.post(to("note", told), {"note-text": "@Marek <b>and</b> @Nobody, @Marek Example"})
    page = page_of(ana, to("case", told))
    assert '<b class="mention">@Marek</b> &lt;b&gt;and&lt;/b&gt; @Nobody' in page
    assert Note.objects.get().text == "@Marek <b>and</b> @Nobody, @Marek Example"
    assert "You are named in a note" in page_of(seat("marek"), NOTICES)


def test_it_offers_colleagues_who_may_see_the_case(ana, cast, to, told, now):
    def names(begun):
        return ana.get(to("colleagues", told), {"q": begun}).json()["names"]

    assert names("mar") == ["Marek Example"]
    assert names("Jan") == []
    assert names("%_\0") == []
    told.complaint.name_person(cast.marek, by=cast.ewa, at=now + timedelta(minutes=1))
    assert names("mar") == []
