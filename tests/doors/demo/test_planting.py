"""What is planted: nearly due at any hour, refused for real, three mails of one, a surge."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.doors.demo import planting
from amends.doors.mail.sender import send_due
from amends.doors.mail.sink import sink
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.post.models import Outgoing

MOMENTS = {
    "on a Wednesday": datetime(2026, 11, 25, 10, 30, tzinfo=UTC),
    "at night": datetime(2026, 11, 25, 1, 0, tzinfo=UTC),
    "on a Sunday": datetime(2026, 11, 29, 12, 0, tzinfo=UTC),
    "just before closing": datetime(2026, 11, 27, 16, 50, tzinfo=UTC),
    "at Christmas": datetime(2026, 12, 25, 12, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("when", MOMENTS)
def test_it_plants_a_case_that_is_due_in_forty_minutes_of_working_time(company, when):
    now = MOMENTS[when].astimezone(ZoneInfo("Europe/Warsaw"))
    planting.plant_nearly_due(now)
    contact = Contact.objects.get()
    left = House.objects.current().calendar().between(now, contact.answer_due_at)
    assert abs(left - timedelta(minutes=40)) < timedelta(seconds=5)
    assert (contact.kind, contact.state) == ("complaint", "open")
    assert contact.received_at < now


def test_it_plants_a_reply_that_the_mail_server_refuses(demo, company, now, tmp_path):
    planting.plant_bounced(now)
    contact = Contact.objects.get()
    assert contact.answered
    with sink(tmp_path / "customers") as server:
        demo.SMTP_HOST, demo.SMTP_PORT = server.hostname, server.port
        send_due(clock.now() + timedelta(minutes=1))
    assert Outgoing.objects.get().state == "refused"
    contact.refresh_from_db()
    assert not contact.answered
    assert contact.state == "open"


def test_it_plants_three_contacts_of_one_customer(company, now):
    planting.plant_three_mails(now)
    assert Contact.objects.count() == 3
    assert Contact.objects.values("customer").distinct().count() == 1


def test_it_plants_a_surge_about_one_courier_in_four_languages(company, now):
    for plant in planting.plants(now):
        plant()
    surge = Contact.objects.filter(messages__text__contains="Strza").distinct()
    languages = Counter(surge.values_list("language", flat=True))
    assert surge.count() >= 12
    assert set(languages) == {"en", "pl", "ru", "sk"}
    assert all(contact.received_at > now - timedelta(days=2) for contact in surge)
    assert len({contact.messages.first().text for contact in surge}) == surge.count()


def test_it_plants_each_once(company, now):
    for plant in planting.plants(now) * 2:
        plant()
        planting.plant_nearly_due(now)
    assert Contact.objects.count() == 1 + 1 + 3 + 13
