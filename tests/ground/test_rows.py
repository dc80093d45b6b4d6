"""Rows stored at once are the rows that Django's own way would store."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from tests.ground.jobs import errands

from amends.ground.jobs.models import Job, JobState
from amends.ground.rows import insert_all, new
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import Channel, State
from amends.records.customers.models import Customer, EmailAddress
from amends.records.people.models import Team
from amends.records.post.models import RawMail
from amends.records.post.models.raw_mail import Source

pytestmark = pytest.mark.django_db

_AWKWARD = ["", "Zażółć „gęślą”", "tab\tand\nline", "\\N", "\\.", "100 %s %", "🙂", "'; --"]


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def contact_of(customer, now, **values):
    said = {
        "customer": customer, "channel": Channel.MAIL, "language": "pl", "received_at": now,
        "last_message_at": now, "next_at": now, "state": State.OPEN,
    }  # fmt: skip
    return new(Contact, **said | values)


def test_it_stores_what_django_would_store(now):
    customer = Customer.objects.create(name="Ana", language="pl")
    team = Team.objects.create(name="Care", languages=["pl"])
    here = now.astimezone(ZoneInfo("Asia/Kathmandu")) + timedelta(microseconds=7)
    by_us = [
        contact_of(customer, here, subject=subject, team=team, reference=f"AM-{number}")
        for number, subject in enumerate(_AWKWARD)
    ]
    insert_all(by_us)
    for row in by_us:
        ours = columns(Contact.objects.get(pk=row.pk))
        Contact.objects.filter(pk=row.pk).delete()
        row.save(force_insert=True)
        assert ours == columns(Contact.objects.get(pk=row.pk))


def test_it_keeps_lists_choices_and_bytes_as_they_are(now):
    raw = new(
        RawMail, digest="ab" * 32, size=0, source=Source.LMTP, received_at=now,
        envelope_to=["zoë@mail.example", 'a"b\\c'],
    )  # fmt: skip
    job = new(
        Job, task=errands.note.module_path, args=["tak", 1.5, None], created_at=now, run_at=now
    )
    insert_all([raw])
    insert_all([job])
    raw.refresh_from_db()
    job.refresh_from_db()
    assert raw.envelope_to == ["zoë@mail.example", 'a"b\\c']
    assert raw.source == "lmtp"
    assert (job.args, job.state) == (["tak", 1.5, None], JobState.READY)


def test_a_new_row_is_what_the_model_makes_of_the_same_values(now):
    customer = new(Customer, name="Ana", language="pl")
    address = new(EmailAddress, customer=customer, address="ana@mail.example")
    assert address.customer is customer
    assert address.customer_id == customer.pk
    ours, djangos = contact_of(customer, now), Contact(customer=customer, received_at=now)
    set_here = {"id", "channel", "language", "last_message_at", "next_at", "state"}
    for name in columns(djangos).keys() - set_here:
        assert getattr(ours, name) == getattr(djangos, name), name


def test_rows_share_neither_keys_nor_lists(now):
    one, other = (new(RawMail, digest="", size=0, source="file", received_at=now) for _ in "12")
    one.envelope_to.append("x@mail.example")
    assert other.envelope_to == []
    assert one.pk != other.pk


def test_it_names_a_field_that_is_not_there():
    with pytest.raises(KeyError, match="nmae"):
        new(Customer, nmae="Ana")


def test_it_stores_none_where_one_is_there_already():
    rows = [new(Customer, name=name) for name in ("Ana", "Ewa")]
    rows.append(rows[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all(rows)
    assert not Customer.objects.exists()


def test_what_it_stored_is_changed_from_then_on_not_stored_anew():
    [customer] = insert_all([new(Customer, name="Ana")])
    customer.name = "Ewa"
    customer.save()
    assert Customer.objects.get().name == "Ewa"


def test_it_takes_the_same_statements_for_many_as_for_one(django_assert_max_num_queries):
    insert_all([])
    with django_assert_max_num_queries(1):
        insert_all(new(Customer, name=f"Customer {number}") for number in range(700))
    assert Customer.objects.count() == 700
