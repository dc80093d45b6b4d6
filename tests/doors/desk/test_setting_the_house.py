"""What each page of the house takes in, refuses and shows beforehand."""

from datetime import date, time

import pytest
from django.urls import reverse

from amends.doors.desk.hours import NoHours, from_words, in_words
from amends.ground.events.models import Event
from amends.records.house.models import Holiday, House, HouseText, OpenSpan
from amends.records.people.models import Person, Team
from amends.records.post.models import Mailbox, Outgoing

HOURS = reverse("desk:house_hours")
HOLIDAYS = reverse("desk:house_holidays")
MAIL = reverse("desk:house_mail")
CHANGES = reverse("desk:house_changes")
FOOTER = reverse("desk:house_text", args=["footer", "en"])
WEEK = {f"day_{day}": "9–17" for day in range(5)}


@pytest.fixture
def jan(seat):
    return seat("jan")


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("9–17", [("09:00", "17:00")]), ("9-12, 13-17.30", [("09:00", "12:00"), ("13:00", "17:30")]),
        ("13:15 — 17 ; 8–12", [("08:00", "12:00"), ("13:15", "17:00")]), ("", []), (" , ", []),
        ("0–24", [("00:00", "23:59:59")]),
    ],
)  # fmt: skip
def test_it_reads_hours_as_they_are_typed(typed, spans):
    read = from_words(typed)
    assert read == [(time.fromisoformat(o), time.fromisoformat(c)) for o, c in spans]
    assert from_words(in_words(read)) == read


@pytest.mark.parametrize(
    "typed", ["9", "17–9", "9–9", "9–25", "9:70–12", "9–12, 11–13", "closed", "9–17 Uhr", "٩–١٧x"]
)
def test_it_says_where_hours_are_none(jan, typed):
    with pytest.raises(NoHours):
        from_words(typed)
    shown = jan.post(HOURS, {**WEEK, "day_2": typed})
    assert shown.status_code == 422
    assert set(shown.context["form"].errors) == {"day_2"}
    assert not OpenSpan.objects.exists()


def test_it_keeps_the_week_and_shows_it_again(jan, cast):
    jan.post(HOURS, {**WEEK, "day_0": "8–12, 13–16"})
    assert OpenSpan.objects.count() == 6
    assert jan.get(HOURS).context["form"]["day_0"].value() == "8:00–12:00, 13:00–16:00"
    assert Event.objects.about(cast.house.id).get().verb == "hours_set"


def test_it_shows_the_hours_that_hold_where_none_are_set(jan):
    assert jan.get(HOURS).context["form"]["day_4"].value() == "9:00–17:00"
    assert jan.get(HOURS).context["form"]["day_6"].value() == ""


def test_it_leaves_a_day_open(jan):
    shown = jan.post(HOURS, {f"day_{day}": "" for day in range(7)})
    assert shown.status_code == 422
    assert "Leave one day open at least" in shown.content.decode()


def test_it_says_by_when_a_mail_is_answered(jan):
    looked = jan.post(HOURS, {**WEEK, "act": "look"})
    assert looked.context["answered"][1] == (
        "Friday 27 November, 16:30", "Monday 30 November, 16:30"
    )  # fmt: skip
    later = jan.post(HOURS, {**WEEK, "day_4": "", "act": "look"})
    assert later.context["answered"][1][1] == "Monday 30 November, 17:00"


def test_it_adds_the_holidays_of_a_country_from_today_on(jan):
    looked = jan.post(HOLIDAYS, {"country": "PL", "act": "look"})
    assert date(2026, 12, 25) in [day for day, _name, _known in looked.context["wanted"]]
    assert not Holiday.objects.exists()
    jan.post(HOLIDAYS, {"country": "PL"})
    days = set(Holiday.objects.values_list("date", flat=True))
    assert {date(2026, 12, 24), date(2027, 5, 27)} <= days
    assert min(days) >= date(2026, 11, 25)
    assert len(days) == 3 + 14
    jan.post(HOLIDAYS, {"country": "PL"})
    assert Holiday.objects.count() == 17


def test_it_adds_a_day_by_hand_and_takes_it_off(jan):
    jan.post(HOLIDAYS, {"date": "2026-12-31", "name": "Stocktaking"})
    holiday = Holiday.objects.get()
    assert holiday.name == "Stocktaking"
    jan.post(reverse("desk:house_holiday_gone", args=[holiday.pk]))
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [{"country": "XX"}, {"country": ""}, {"date": "x", "name": "A"}, {"date": "0001-01-01",
     "name": "A"}, {"date": "2026-12-31", "name": ""}, {"date": "2026-12-31", "name": "n" * 81}],
)  # fmt: skip
def test_it_adds_no_day_that_is_none(jan, typed):
    assert jan.post(HOLIDAYS, typed).status_code == 422
    assert not Holiday.objects.exists()


def test_it_names_the_fields_that_there_are(jan):
    shown = jan.post(FOOTER, {"body": "See {page}"})
    assert shown.status_code == 422
    assert shown.context["form"].errors["body"] == ["There is no field {page}. There are: {link}."]
    assert jan.post(FOOTER, {"body": "No way in"}).context["form"].errors["body"] == [
        "{link} is missing. Without it the text has no use."
    ]
    assert not HouseText.objects.exists()


def test_it_fills_a_text_with_an_example_and_shows_what_differs(jan):
    looked = jan.post(FOOTER, {"body": "Look here: {link}", "act": "look"})
    assert looked.context["sample"].body.startswith("Look here: http")
    assert looked.context["lines"] == [
        ("gone", "What we are doing, and by when: {link}"), ("new", "Look here: {link}"),
    ]  # fmt: skip


def test_it_goes_back_to_the_original(jan, cast):
    jan.post(FOOTER, {"body": "Look here: {link}"})
    assert cast.house.footer("en", link="L") == "Look here: L"
    page = jan.get(reverse("desk:house_texts")).content.decode()
    assert page.count("texts__language--own") == 1
    jan.post(FOOTER, {"act": "restore"})
    assert not HouseText.objects.exists()


@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
def test_it_shows_each_text_filled(jan, language):
    for kind in jan.get(reverse("desk:house_texts")).context["rows"]:
        where = reverse("desk:house_text", args=[kind["kind"], language])
        sample = jan.get(where).context["sample"]
        assert "{" not in sample.subject + sample.body


def test_it_makes_a_team_and_changes_it(jan, cast):
    new = {"name": "Returns", "languages": ["sk", "pl"], "members": [cast.ana.pk, cast.marek.pk]}
    jan.post(reverse("desk:house_team_new"), new)
    team = Team.objects.get(name="Returns")
    assert team.languages == ["sk", "pl"]
    where = reverse("desk:house_team", args=[team.pk])
    jan.post(where, {"name": "Returns", "closed": "on", "members": [cast.ana.pk]})
    team.refresh_from_db()
    assert team.closed
    assert list(team.members.all()) == [cast.ana]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": ""}, "name"), ({"name": "Office"}, "name"), ({"languages": ["xx"]}, "languages"),
     ({"members": ["1"]}, "members"), ({"closed": "on"}, "closed")],
)  # fmt: skip
def test_it_says_why_a_team_can_t_be_so(jan, cast, changed, field):
    where = reverse("desk:house_team", args=[cast.care.pk])
    shown = jan.post(where, {"name": "Care", "members": [cast.ana.pk], **changed})
    assert shown.status_code == 422
    assert shown.context["form"].errors[field]
    cast.care.refresh_from_db()
    assert (cast.care.name, cast.care.closed, cast.care.members.count()) == ("Care", False, 3)


def test_it_says_whose_cases_a_closed_team_takes_out_of_sight(jan, cast, now, contact):
    team = Team.objects.create(name="Returns")
    contact.hand_to(by=cast.ewa, at=now, team=team, person=cast.ana)
    where = reverse("desk:house_team", args=[team.pk])
    looked = jan.post(where, {"name": "Returns", "closed": "on", "act": "look"})
    assert looked.context["effects"] == [
        "1 open case is seen by its members and by quality only.",
        "1 of them is held by somebody outside and goes to the queue.",
    ]


def test_it_changes_what_somebody_does(jan, cast):
    where = reverse("desk:house_person", args=[cast.ana.pk])
    said = {"name": "Ana Nowa", "chosen_name": "Ania", "languages": ["sk"], "leads": "on",
            "is_active": "on"}  # fmt: skip
    assert jan.post(where, said).status_code == 302
    ana = Person.objects.get_queryset().get(pk=cast.ana.pk)
    assert (ana.name, ana.chosen_name, ana.languages) == ("Ana Nowa", "Ania", ["sk"])
    assert (ana.handles, ana.leads) == (False, True)


def test_it_says_what_becomes_of_the_cases_of_who_leaves(jan, cast, contact, now):
    contact.take(by=cast.ana, at=now)
    where = reverse("desk:house_person", args=[cast.ana.pk])
    looked = jan.post(where, {"name": "Ana", "handles": "on", "act": "look"})
    assert looked.context["effects"] == [
        "Signing in ends at once.",
        "1 open case goes to the stand-in or to the team’s queue.",
    ]


def test_it_never_locks_out_the_last_administrator(jan, cast):
    where = reverse("desk:house_person", args=[cast.jan.pk])
    for said, field in (
        ({"handles": "on", "is_active": "on"}, "administers"),
        ({"administers": "on"}, "is_active"),
    ):
        shown = jan.post(where, {"name": "Jan", **said})
        assert shown.status_code == 422
        assert "Somebody has to administer the house." in str(shown.context["form"].errors[field])
    assert Person.objects.filter(administers=True, is_active=True).get() == cast.jan


def test_it_leaves_nobody_without_anything_to_see(jan, cast):
    where = reverse("desk:house_person", args=[cast.ana.pk])
    shown = jan.post(where, {"name": "Ana", "is_active": "on"})
    assert shown.context["form"].errors["handles"]


def test_it_answers_from_another_address_and_still_reads_the_old_one(jan):
    jan.post(MAIL, {"address": "Care@House.example"})
    assert House.objects.current().address == "care@house.example"
    addresses = set(Mailbox.objects.values_list("address", flat=True))
    assert addresses == {"care@house.example", "help@house.example"}
    old = Mailbox.objects.get(address="help@house.example")
    jan.post(reverse("desk:house_mailbox_gone", args=[old.pk]))
    assert Mailbox.objects.get().address == "care@house.example"


def test_it_keeps_the_mailbox_that_it_answers_from(jan):
    here = Mailbox.objects.get()
    page = jan.post(reverse("desk:house_mailbox_gone", args=[here.pk]), follow=True)
    assert "The house answers from this address." in page.content.decode()
    assert Mailbox.objects.get() == here


@pytest.mark.parametrize(
    "typed",
    [{"address": "help"}, {"address": "a@b.c\nBcc: x@y.z"}, {"address": ""},
     {"mailbox-address": "help@house.example"}, {"mailbox-address": "x"}],
)  # fmt: skip
def test_it_takes_no_address_that_is_none(jan, cast, typed):
    shown = jan.post(MAIL, {**typed, "mailbox-team": cast.care.pk})
    assert shown.status_code == 422
    assert Mailbox.objects.count() == 1
    assert House.objects.current().address == "help@house.example"


def test_it_adds_a_mailbox_for_a_team(jan, cast):
    jan.post(MAIL, {"mailbox-address": "office@house.example", "mailbox-team": cast.office.pk})
    assert Mailbox.objects.get(address="office@house.example").team == cast.office


def test_it_shows_what_waits_and_what_was_refused(jan, contact, now, clock):
    for number, answer in enumerate(("451 later", "550 no such <b>user</b>")):
        mail = Outgoing.objects.post(
            thread=contact.id, to=f"olga{number}@c.example", from_address="help@house.example",
            subject="S", body="B", at=now,
        )  # fmt: skip
        token = mail.claim(now)
        (mail.refuse if number else mail.postpone)(token, now, answer)
    page = jan.get(MAIL)
    assert page.context["waiting_out"] == Outgoing.objects.filter(state="queued").count()
    assert page.context["delayed"].server_answer == "451 later"
    assert page.context["failed"].to_address == "olga1@c.example"
    assert "no such <b>" not in page.content.decode()
    assert "The worker has not run yet." in page.content.decode()


def test_it_shows_no_secret_of_the_way_out(jan, settings):
    settings.SMTP_USER, settings.SMTP_PASSWORD = "desk", "hunter2-secret"
    page = jan.get(MAIL).content.decode()
    assert "desk" in page
    assert "hunter2-secret" not in page


def test_it_shows_what_was_changed_and_sets_it_back(jan, cast):
    jan.post(HOURS, WEEK)
    jan.post(HOURS, {**WEEK, "day_5": "10–14"})
    rows = jan.get(CHANGES).context["rows"]
    assert [row["undo"] for row in rows] == [True, False]
    assert "10:00–14:00" in rows[0]["new"]
    jan.post(reverse("desk:house_change_undo", args=[rows[0]["event"].pk]))
    assert OpenSpan.objects.count() == 5
    again = jan.post(reverse("desk:house_change_undo", args=[rows[0]["event"].pk]), follow=True)
    assert "This was set again since" in again.content.decode()
    assert OpenSpan.objects.count() == 5


def test_it_lets_a_lead_set_back_no_address(seat, jan, cast):
    jan.post(MAIL, {"address": "care@house.example"})
    ewa = seat("ewa")
    row = ewa.get(CHANGES).context["rows"][0]
    assert not row["undo"]
    where = reverse("desk:house_change_undo", args=[row["event"].pk])
    assert ewa.post(where).status_code == 404
    assert House.objects.current().address == "care@house.example"
    jan.post(where)
    assert House.objects.current().address == "help@house.example"


def test_it_sets_back_nothing_of_a_case_or_a_person(jan, cast, contact):
    case_event = Event.objects.about(contact.id).first()
    jan.post(reverse("desk:house_person", args=[cast.ana.pk]), {
        "name": "Ana", "leads": "on", "is_active": "on"})  # fmt: skip
    person_event = Event.objects.about(cast.house.id).first()
    for event in (case_event, person_event):
        where = reverse("desk:house_change_undo", args=[event.pk])
        assert jan.post(where).status_code == 404
