"""The pages of the house: who sees them, who sets what, and that a look keeps nothing."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.ground.events.models import Event
from amends.records.house.models import Holiday, House, HouseText, OpenSpan
from amends.records.people.models import Person, Team
from amends.records.post.models import Mailbox

PAGES = (
    "house", "house_texts", "house_hours", "house_holidays", "house_teams", "house_team_new",
    "house_people", "house_mail", "house_playbook", "house_running", "house_changes",
)  # fmt: skip
HOURS = {f"day_{day}": "9–12, 13–17" for day in range(5)}
LEADS_SET = ("house_hours", "house_holidays", "house_team_new", "house_text")
ADMINISTRATORS_SET = ("house_person", "house_mail", "house_pickup", "house_grant")


@pytest.fixture
def where(cast):
    """The address of a page, with a thing of its own where it needs one."""

    def where(name):
        needed = {
            "house_text": ["footer", "en"], "house_team": [cast.office.pk],
            "house_person": [cast.ana.pk], "house_holiday_gone": [uuid.UUID(int=1)],
            "house_mailbox_gone": [Mailbox.objects.get().pk],
            "house_hook": [Mailbox.objects.get().pk],
            "house_hook_gone": [Mailbox.objects.get().pk],
            "house_grant": [Mailbox.objects.get().pk],
            "house_pickup": [Mailbox.objects.get().pk],
            "house_pickup_gone": [Mailbox.objects.get().pk],
            "house_change_undo": [uuid.UUID(int=1)], "absence_end": [uuid.UUID(int=1)],
        }  # fmt: skip
        return reverse(f"desk:{name}", args=needed.get(name, []))

    return where


@pytest.fixture
def typed(cast):
    """What changes something on each page."""
    return {
        "house_hours": HOURS,
        "house_holidays": {"country": "PL"},
        "house_team_new": {"name": "Returns", "languages": ["sk"], "members": [cast.ana.pk]},
        "house_text": {"body": "Look here: {link}"},
        "house_person": {"name": "Ana Nowa", "handles": "on", "leads": "on", "is_active": "on"},
        "house_mail": {"address": "new@house.example"},
        "house_grant": {
            "provider": "google",
            "user": "help@house.example",
            "client_id": "ours",
            "client_secret": "secret one",
        },
        "house_pickup": {
            "host": "imap.example.org",
            "port": 993,
            "security": "tls",
            "user": "help",
            "password": "secret one",
            "folder": "INBOX",
            "done_folder": "Done",
            "failed_folder": "Not taken",
            "since_date": "2026-11-25",
        },
    }


def state():
    return (
        OpenSpan.objects.count(), Holiday.objects.count(), Team.objects.count(),
        HouseText.objects.count(), Mailbox.objects.count(), House.objects.current().address,
        Person.objects.filter(leads=True).count(), Event.objects.filter(verb__contains="_").count(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", [*PAGES, "house_text", "house_team", "house_person", "house_pickup", "house_grant"]
)
def test_it_is_there_for_who_leads_or_administers_only(seat, where, contact, name):
    for who, status in (("jan", 200), ("ewa", 200), ("ana", 404), ("beata", 404), ("petra", 404)):
        page = seat(who).get(where(name))
        assert page.status_code == status, who
        assert contact.reference not in page.content.decode()
    assert seat(None).get(where(name)).status_code == 302


@pytest.mark.parametrize("name", [*LEADS_SET, *ADMINISTRATORS_SET])
def test_it_is_set_by_whom_the_page_names(seat, where, typed, name):
    for who in ("ana", "beata", "petra", *(["ewa"] if name in ADMINISTRATORS_SET else [])):
        before = state()
        assert seat(who).post(where(name), typed[name]).status_code == 404, who
        assert state() == before
    assert seat("jan").post(where(name), typed[name]).status_code == 302
    assert state() != before


@pytest.mark.parametrize("name", LEADS_SET)
def test_it_lets_a_lead_set_how_the_house_works(seat, where, typed, name):
    before = state()
    assert seat("ewa").post(where(name), typed[name]).status_code == 302
    assert state() != before


@pytest.mark.parametrize("name", [*LEADS_SET, *ADMINISTRATORS_SET])
def test_it_shows_what_a_change_would_do_and_keeps_nothing(seat, where, typed, name, contact):
    before = state()
    page = seat("jan").post(where(name), {**typed[name], "act": "look"})
    assert page.status_code == 200
    assert not page.context["unread"]
    assert page.context.get("effects") or page.context.get("lines")
    assert state() == before


@pytest.mark.parametrize(
    "name", ["house_mail", "house_person", "house_pickup", "house_grant", "house_hook"]
)
def test_it_says_to_a_lead_who_sets_it(seat, where, name):
    page = seat("ewa").get(where(name)).content.decode()
    assert "An administrator sets this." in page
    assert 'value="keep"' not in page
    assert "An administrator sets this." not in seat("jan").get(where(name)).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "absence_end",
        "house_holiday_gone",
        "house_mailbox_gone",
        "house_pickup_gone",
        "house_hook_gone",
        "house_change_undo",
        "absences",
    ],
)
def test_it_takes_a_verb_by_post_from_who_may(seat, where, name):
    assert seat("jan").get(where(name)).status_code == 405
    assert seat("ana").post(where(name)).status_code == 404
    assert seat(None).post(where(name)).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["texts/nothing/en/", "texts/footer/xx/", "texts/salutation/en/", "texts/../en/",
     f"teams/{uuid.UUID(int=1)}/", f"people/{uuid.UUID(int=1)}/", "teams/1/", "nowhere/"],
)  # fmt: skip
def test_it_has_no_page_for_what_there_is_none(seat, path):
    assert seat("jan").get(f"/desk/house/{path}").status_code == 404


@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
@pytest.mark.parametrize(
    "name", [*PAGES, "house_text", "house_team", "house_person", "house_pickup", "house_grant"]
)
def test_it_opens_in_each_language(seat, where, name, language):
    client = seat("jan")
    client.cookies["django_language"] = language
    assert client.get(where(name)).status_code == 200


def test_it_asks_the_database_as_often_for_many(seat, cast, where, now):
    jan, counted = seat("jan"), []
    names = ("house_teams", "house_people", "house_changes", "house_texts", "house_holidays")
    for round_ in range(2):
        for number in range(round_ * 12):
            person = Person.objects.invite(
                email=f"p{number}@house.example", name=f"P {number}", password=None
            )
            team = Team.objects.create(name=f"Team {number}")
            team.admit(person)
            cast.house.set(answer_hours=number + 1, by=cast.jan, at=now)
            Holiday.objects.create(date=now.date().replace(year=2027 + number), name="Day")
        for name in names:
            jan.get(where(name))
            with CaptureQueriesContext(connection) as seen:
                jan.get(where(name))
            counted.append(len(seen))
    half = len(names)
    assert counted[:half] == counted[half:]
