"""A look is one line, however often somebody goes back within minutes, and tells no word."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError

from amends.records.looking import batch
from amends.records.looking.batch import Batch
from amends.records.looking.models import Glance, Look, What


@pytest.fixture
def glance(cast, now):
    """Ana looks at a case; what differs is given."""
    case, customer = uuid4(), cast.olga.pk

    def glance(**other):
        told = {
            "what": What.CASE, "at": now, "person": cast.ana.pk, "from_address": "192.0.2.7",
            "contact": case, "customer": customer, "reference": "AM-7K3F9",
        }  # fmt: skip
        return Glance(**{**told, **other})

    return glance


def minutes(number):
    return timedelta(minutes=number)


def told():
    return [(look.what, look.times) for look in Look.objects.order_by("at", "id")]


def test_it_is_one_line_within_ten_minutes(glance, now):
    Look.objects.write([glance(), glance(at=now + minutes(3))])
    Look.objects.write([glance(at=now + minutes(9)), glance(at=now + minutes(11))])
    assert told() == [("case", 3), ("case", 1)]
    assert Look.objects.earliest("at").last_at == now + minutes(9)


@pytest.mark.parametrize("other", ["person", "contact", "what", "from_address"])
def test_it_is_another_line_when_anything_differs(glance, cast, other):
    values = {
        "person": cast.marek.pk, "contact": uuid4(), "what": What.FILE, "from_address": "2001:db8::7",
    }  # fmt: skip
    Look.objects.write([glance(), glance(**{other: values[other]})])
    Look.objects.write([glance(**{other: values[other]})])
    assert sorted(look.times for look in Look.objects.all()) == [1, 2]


def test_it_takes_the_same_statements_for_many(glance, django_assert_num_queries, now):
    Look.objects.write([glance()])
    with django_assert_num_queries(5):  # with the savepoint of its transaction
        Look.objects.write(
            [glance(at=now + minutes(1)), *(glance(contact=uuid4()) for _ in range(90))]
        )


@pytest.mark.parametrize(
    ("told", "kept"), [("unix:\n<script>", None), ("", None), ("fe80::1%eth0", "fe80::1")]
)
def test_it_notes_no_address_that_is_none(glance, told, kept):
    Look.objects.note(glance(from_address=told))
    assert Look.objects.get().from_address == kept


def test_it_drops_what_the_database_can_not_take_and_nothing_else(glance, caplog):
    looks = Batch()
    looks.add(glance(found=-1))
    looks.add(glance(contact=uuid4()))
    looks.write()
    assert told() == [("case", 1)]
    assert "is dropped" in caplog.text


def test_it_waits_on_when_it_can_not_be_written(glance, monkeypatch):
    looks = Batch()
    looks.add(glance())
    with monkeypatch.context() as away:
        away.setattr(type(Look.objects), "write", _fails)
        with pytest.raises(DatabaseError):
            looks.write()
    looks.add(glance(contact=uuid4()))
    assert looks.write() == 2
    assert len(told()) == 2
    assert looks.write() == 0


def _fails(_looks, _told):
    raise DatabaseError


def test_it_drops_the_oldest_when_too_many_wait(glance, monkeypatch, now):
    monkeypatch.setattr(batch, "MOST", 3)
    looks = Batch()
    for number in range(5):
        looks.add(glance(at=now + minutes(20 * number)))
    assert looks.write() == 3
    assert Look.objects.earliest("at").at == now + minutes(40)


def test_it_goes_when_its_time_is_over_unless_the_customer_is_held(glance, cast, now):
    from amends.records.retention.letting_go import let_go
    from amends.records.retention.models import LegalHold

    Look.objects.write([glance(), glance(customer=None, contact=None, what=What.SEARCH)])
    Look.objects.note(glance(at=now + timedelta(days=300)))
    hold = LegalHold.objects.put(cast.olga, why="A claim", by=cast.ewa, at=now)
    assert cast.house.look_days == 365
    later = now + timedelta(days=366)
    assert let_go(now + timedelta(days=364)) == {}
    assert let_go(later) == {"looks": 1}
    assert told() == [("case", 1), ("case", 1)]
    hold.lift(by=cast.ewa, at=later)
    assert let_go(later) == {"looks": 1}
