"""Figures on the desk: every number leads to as many cases, and the export opens in a spreadsheet."""

import csv
import io
import re

import pytest
from django.urls import reverse

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.intake import Told, take_in_told


def told(number, at, subject="Broken"):
    return take_in_told(
        Told(
            text="It is broken.", channel="form", name=f"Customer {number}", subject=subject,
            address=f"customer{number}@customer.example", language="en",
        ),
        at=at,
    )  # fmt: skip


@pytest.fixture
def a_week_of_work(cast, now, clock):
    for number in range(3):
        told(number, now)
    answered = told(3, now)
    send_answer(answered, Answer(text="I am sorry."), by=cast.ana, at=clock())
    answered.complaint.confirm(words="", at=clock.forward(hours=1))


def links(page):
    return [
        (address.replace("&amp;", "&"), int(number))
        for address, number in re.findall(r'href="([^"]*\?[^"]*)"[^>]*>(\d+)</a>', page)
    ]


def test_it_leads_from_each_number_to_that_many_cases(ana, a_week_of_work):
    page = ana.get(reverse("desk:figures")).content.decode()
    found = links(page)
    assert len(found) == 12 + 4 * 4
    for address, number in found:
        listed = ana.get(address).content.decode()
        assert listed.count("data-row") == number, address
    assert any(number == 3 for _address, number in found)


def test_it_exports_one_row_per_case_to_leads_and_quality(seat, a_week_of_work):
    for who in ("ewa", "beata"):
        answer = seat(who).get(reverse("desk:case_rows"))
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeffreference,")
        assert len(list(csv.DictReader(io.StringIO(text[1:])))) == 4
    assert seat("ana").get(reverse("desk:case_rows")).status_code == 404


def test_it_hands_no_formula_to_a_spreadsheet(seat, cast, now):
    told(1, now, subject='=HYPERLINK("http://evil.example";"Open")')
    answer = seat("ewa").get(reverse("desk:case_rows"))
    text = b"".join(answer.streaming_content).decode()[1:]
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["subject"].startswith("'=")


def test_it_is_whole_with_nothing_in_it(ana):
    assert "Figures" in ana.get(reverse("desk:figures")).content.decode()


def test_it_shows_the_days_that_narrow_the_list(ana, a_week_of_work):
    page = ana.get(reverse("desk:cases"), {"received_until": "2026-11-24", "state": "all"})
    assert 'name="received_until"' in page.content.decode()
    assert "No case fits" in page.content.decode()


@pytest.mark.parametrize("day", ["2026-13-45", "x", "0001-01-01", "9999-12-31", "\0"])
def test_it_is_not_upset_by_a_day_that_is_none(ana, contact, day):
    for name in ("received_from", "answered_until", "confirmed_from"):
        page = ana.get(reverse("desk:cases"), {name: day})
        assert page.status_code == 200
        assert contact.reference in page.content.decode()
