"""Who looked at what is on a list for administrators, and tells no name and no word."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.records.complaints.indexing import index_contact
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.looking.batch import LOOKS
from amends.records.looking.models import Look

LOOKED = reverse("desk:house_looks")
ROWS = reverse("desk:looks_rows")


@pytest.fixture
def told(cast, now):
    return take_in_told(
        Told(
            text="Broken again.", channel="form", name="Olga Nowak", language="en",
            address="olga@customer.example", uploads=[Upload("bill.pdf", "application/pdf", b"%PDF")],
        ),
        at=now,
    )  # fmt: skip


@pytest.fixture
def jan(seat):
    return seat("jan")


def written():
    LOOKS.write()
    return [
        (look.what, look.person.email.partition("@")[0], look.reference, look.found)
        for look in Look.objects.order_by("at", "id")
    ]


def test_it_is_written_when_a_case_is_opened_or_a_file_saved(ana, to, told):
    file = told.messages.get(direction="in").attachments.get()
    ana.get(to("case", told))
    ana.get(to("attachment", told, file.pk))
    ana.get(to("case", told))
    assert written() == [("case", "ana", told.reference, 0), ("file", "ana", told.reference, 0)]
    look = Look.objects.get(what="case")
    assert (look.times, look.customer_key, look.from_address) == (2, told.customer_id, "127.0.0.1")


def test_it_tells_of_a_search_how_much_it_showed_and_not_for_what(ana, told):
    index_contact.func(str(told.pk))
    ana.get(reverse("desk:cases"), {"q": told.reference})
    ana.get(reverse("desk:palette"), {"q": told.reference})
    ana.get(reverse("desk:callers"), {"q": "Olga Nowak"})
    assert written() == [("search", "ana", "", 3)]
    kept = [str(value) for row in Look.objects.values() for value in row.values()]
    assert not any("Olga" in value or told.reference in value for value in kept)


def test_it_tells_who_was_turned_away_and_of_nothing_that_is_not_there(seat, cast, to, told, now):
    told.hand_to(by=cast.ewa, at=now, team=cast.office)
    ana = seat("ana")
    assert ana.get(to("case", told)).status_code == 404
    assert ana.get("/desk/cases/AM-22222/").status_code == 404
    assert seat("jan").post(to("note", told), {"note-text": "x"}).status_code == 404
    assert seat("petra").get(to("attachment", told, told.pk)).status_code == 404
    assert written() == [
        ("turned_away", "ana", told.reference, 0), ("turned_away", "jan", told.reference, 0),
    ]  # fmt: skip


def test_it_is_written_at_once_when_an_export_is_taken(seat, told):
    assert b"".join(seat("ewa").get(reverse("desk:case_rows"))).count(b"\n") == 2
    assert [(look.what, look.found) for look in Look.objects.all()] == [("export", 1)]


def test_it_is_shown_to_administrators_only(seat):
    for who, status in (("ana", 404), ("ewa", 404), ("beata", 404), ("jan", 200)):
        assert seat(who).get(LOOKED).status_code == status, who
        assert seat(who).get(ROWS).status_code == status, who
    for who, shown in (("ewa", False), ("jan", True)):
        page = seat(who).get(reverse("desk:house_keeping")).content.decode()
        assert (LOOKED in page) is shown


def test_it_names_cases_and_no_customers(seat, jan, to, told):
    seat("ewa").get(to("case", told))
    seat("ewa").get(reverse("desk:customer_erasing", args=[told.customer_id]))
    page = jan.get(LOOKED).content.decode()
    assert page.count(told.reference) == 2
    assert "Ewa Example" in page
    assert "Olga" not in page
    assert to("case", told) not in page


def test_it_opens_a_case_for_who_may_see_it(seat, cast, to, told):
    type(cast.jan).objects.filter(pk=cast.jan.pk).update(handles=True)
    seat("ewa").get(to("case", told))
    assert to("case", told) in seat("jan").get(LOOKED).content.decode()


def test_it_hides_a_case_that_is_about_the_administrator(jan, seat, cast, to, told, now):
    told.complaint.name_person(cast.jan, by=cast.ewa, at=now)
    seat("ewa").get(to("case", told))
    assert told.reference not in jan.get(LOOKED).content.decode()
    assert told.reference.encode() not in b"".join(jan.get(ROWS))


def test_it_is_narrowed_by_who_what_whose_and_when(jan, seat, cast, to, told, contact, clock):
    other = contact
    seat("ana").get(to("case", told))
    seat("ewa").get(to("case", other))
    clock.forward(days=2)
    seat("ewa").get(reverse("desk:cases"), {"q": "x"})
    day = clock().date()

    def shown(**by):
        return [
            (row.look.what, row.look.person.name[:3]) for row in jan.get(LOOKED, by).context["rows"]
        ]

    assert shown() == [("search", "Ewa"), ("case", "Ewa"), ("case", "Ana")]
    assert shown(who=cast.ana.pk) == [("case", "Ana")]
    assert shown(what="search", who=cast.ewa.pk) == [("search", "Ewa")]
    assert shown(ref=told.reference.lower()) == [("case", "Ana")]
    assert len(shown(ref=told.reference, whole="on")) == 2
    assert shown(since=day) == [("search", "Ewa")]
    assert len(shown(until=day - timedelta(days=1))) == 2
    assert shown(ref="AM-22222") == shown(since="x") == shown(who="x") == []


def test_it_goes_on_where_a_page_ends(jan, cast, now, monkeypatch):
    from amends.records.looking.models import Glance, What

    monkeypatch.setattr("amends.doors.desk.looks._ROWS", 2)
    for number in range(5):
        at = now - timedelta(hours=number // 2)
        Look.objects.note(Glance(What.SIGN_IN, at, cast.ana.pk))
    seen, before = [], ""
    for _page in range(3):
        context = jan.get(LOOKED, {"before": before}).context
        seen += [row.look.pk for row in context["rows"]]
        before = context["older"] or ""
    assert len(seen) == len(set(seen)) == 5
    assert not before
    assert jan.get(LOOKED, {"before": "nothing"}).status_code == 200


def test_it_is_a_sheet_without_formulas_and_taking_it_is_noted(jan, seat, cast, to, told):
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(email="=cmd@house.example")
    seat("ana").get(to("case", told))
    sheet = b"".join(jan.get(ROWS, {"what": "case"})).decode()
    assert sheet.splitlines()[1].split(",")[3:6] == ["'=cmd@house.example", "case", told.reference]
    assert written()[-1] == ("export", "jan", "", 1)


def test_it_asks_as_often_for_many_lines(jan, seat, cast, to, told, django_assert_max_num_queries):
    for who in ("ana", "ewa", "marek", "beata"):
        seat(who).get(to("case", told))
    jan.get(LOOKED)
    with django_assert_max_num_queries(12):
        assert len(jan.get(LOOKED).context["rows"]) == 4


def test_it_still_tells_of_a_customer_who_was_erased_without_a_name(jan, seat, cast, to, told, now):
    from amends.records.post.models import Outgoing
    from amends.records.retention.erasing import erase_customer

    told.complaint.close_as_lead(reason="other", why="gone", by=cast.ewa, at=now)
    Outgoing.objects.filter(thread=told.pk).update(state="cancelled", cancelled_at=now)
    seat("ewa").get(to("case", told))
    erase_customer(told.customer, by=cast.jan, at=now)
    page = jan.get(LOOKED).content.decode()
    assert told.reference in page
    assert "Olga" not in page
