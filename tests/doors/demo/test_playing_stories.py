"""Every story and a sample of the history play to their end and leave the records whole."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from amends.doors.demo import heroes, history
from amends.doors.demo.stock import LANGUAGES, stories
from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message
from amends.records.customers.models import Customer
from amends.records.people.models import Person
from amends.records.post.models import Outgoing

A_SAMPLE = 12


def assert_records_are_whole(now):
    """Check what the database can't: each row is valid, lies in the past, and leads somewhere."""
    connection.check_constraints()
    for model in (Contact, Customer, Person):
        for row in model._base_manager.all():
            try:
                row.full_clean(validate_unique=False, validate_constraints=True)
            except ValidationError as wrong:
                pytest.fail(f"{model.__name__} {row}: {wrong}")
    for contact in Contact.objects.select_related("complaint"):
        assert contact.team_id
        assert contact.is_closed or contact.next_at
        assert contact.received_at <= now
        assert contact.complaint_or_none() is None or contact.complaint.story
    assert not Message.objects.filter(at__gt=now).exists()
    assert not Event.objects.filter(at__gt=now).exists()
    left = {outgoing.not_before <= now for outgoing in Outgoing.objects.filter(state="queued")}
    assert left <= {False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_plays_every_story(company, now, language):
    told = [story for story in stories() if story["language"] == language]
    assert len(told) >= 10
    for story in told:
        assert heroes.play(story, now=now), story["slug"]
        assert not heroes.play(story, now=now), story["slug"]
    assert Contact.objects.count() >= len(told)
    assert_records_are_whole(now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_plays_the_history(company, now, language):
    mine = [plot for plot in history.plots(now) if plot.language == language]
    # From end to end of the nine months, with each kind of contact in it.
    sample = mine[:: max(1, len(mine) // A_SAMPLE)]
    for kind in {plot.kind for plot in mine}:
        sample.append(next(plot for plot in reversed(mine) if plot.kind == kind))
    played = sum(history.play(plot, now=now) for plot in sample)
    assert played >= A_SAMPLE
    assert Contact.objects.count() == played
    assert_records_are_whole(now)


def test_it_tells_at_least_forty_stories_in_four_languages():
    told = stories()
    assert len(told) >= 40
    assert len({story["slug"] for story in told}) == len(told)
    assert len({story["customer"]["email"] for story in told}) == len(told)
    assert {story["language"] for story in told} == set(LANGUAGES)


def test_it_plans_two_thousand_contacts_of_every_kind_in_every_language(now):
    plots = history.plots(now)
    assert len(plots) == 2_000
    kinds = Counter((plot.language, plot.kind) for plot in plots)
    for language in LANGUAGES:
        for kind in ("complaint", "question", "thanks", "bulk"):
            assert kinds[language, kind] >= 8, (language, kind)
    assert sum(count for (_language, kind), count in kinds.items() if kind == "undecided") >= 1
    assert all(plot.arrives_at < now for plot in plots)
    assert (now - plots[-1].arrives_at).days >= 265


def test_it_plans_the_same_for_the_same_day(now):
    def plan():
        return [
            (plot.key, plot.language, plot.kind, plot.arrives_at) for plot in history.plots(now)
        ]

    assert plan() == plan()
