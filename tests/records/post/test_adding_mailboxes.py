"""Mailboxes come and go on record; the one that the house answers from stays."""

import pytest

from amends.ground.events.models import Event
from amends.records.post.models import Mailbox
from amends.records.post.models.mailbox import AddressKnown, AddressOfTheHouse


def test_it_is_added_once_and_removed(cast, now):
    given = {"address": "Returns@House.example", "name": " Returns ", "team": cast.office}
    mailbox = Mailbox.objects.add(**given, by=cast.jan, at=now)
    assert (mailbox.address, mailbox.name) == ("returns@house.example", "Returns")
    assert Mailbox.objects.for_recipients(["returns@house.example"]) == mailbox
    with pytest.raises(AddressKnown):
        Mailbox.objects.add(**given, by=cast.jan, at=now)
    mailbox.remove(by=cast.jan, at=now)
    assert Mailbox.objects.for_recipients(["returns@house.example"]) is None
    verbs = [event.verb for event in Event.objects.about(cast.house.id)]
    assert verbs == ["mailbox_added", "mailbox_removed"]


def test_it_stays_where_the_house_answers_from(cast, now):
    with pytest.raises(AddressOfTheHouse):
        Mailbox.objects.get().remove(by=cast.jan, at=now)
    assert Mailbox.objects.count() == 1
