"""A point is reworded, removed and brought back; what was removed is on record and counts nowhere."""

from datetime import timedelta

import pytest

from amends.ground.events.models import Event
from amends.records.answering.answer import Answer, send_answer, take_back
from amends.records.complaints.models import Contact, Point
from amends.records.complaints.refusals import NothingWritten, PointRemoved, PointStands
from amends.records.insights.case_rows import case_rows


@pytest.fixture
def points(complaint, cast, now):
    return [complaint.add_point(text, by=cast.ana, at=now) for text in ("Billed", "Rude", "Slow")]


def listed(complaint):
    return [point.text for point in complaint.points.standing().in_order()]


def test_it_is_reworded_in_its_place_and_says_what_it_was(complaint, points, cast, now):
    points[1].reword("  Rude on the phone ", by=cast.ana, at=now)
    assert listed(complaint) == ["Billed", "Rude on the phone", "Slow"]
    event = Event.objects.get(thread=complaint.contact.pk, verb="point_reworded")
    assert (event.data["text"], event.data["was"]) == ("Rude on the phone", "Rude")


def test_it_leaves_no_trace_of_words_that_are_the_same(complaint, points, cast, now, verbs):
    points[1].reword("Rude ", by=cast.ana, at=now)
    assert "point_reworded" not in verbs(complaint.contact)


def test_it_takes_no_empty_words(complaint, points, cast, now):
    with pytest.raises(NothingWritten):
        points[0].reword(" \n", by=cast.ana, at=now)
    assert listed(complaint)[0] == "Billed"


def test_it_comes_back_where_it_stood_and_answered_as_it_was(complaint, points, cast, now):
    points[1].answer(by=cast.ana, at=now)
    points[1].remove(by=cast.ana, at=now)
    complaint.add_point("New", by=cast.ana, at=now)
    assert listed(complaint) == ["Billed", "Slow", "New"]
    points[1].bring_back(by=cast.ana, at=now)
    assert listed(complaint) == ["Billed", "Rude", "Slow", "New"]
    assert Point.objects.get(pk=points[1].pk).answered_at == now


def test_it_stays_on_record_when_removed(complaint, points, cast, now, verbs):
    points[1].remove(by=cast.ana, at=now)
    assert Point.objects.get(pk=points[1].pk).removed_at == now
    assert "point_removed" in verbs(complaint.contact)


def test_it_counts_nowhere_when_removed(complaint, points, cast, now):
    points[0].answer(by=cast.ana, at=now)
    points[0].remove(by=cast.ana, at=now)
    points[1].remove(by=cast.ana, at=now)
    (row,) = case_rows(Contact.objects.visible_to(cast.ana))
    assert (row["points"], row["points_answered"]) == (1, None)
    assert [point.text for point in complaint.points.open()] == ["Slow"]


@pytest.mark.parametrize("verb", ["remove", "answer", "reword"])
def test_it_refuses_what_a_colleague_has_made_impossible(complaint, points, cast, now, verb):
    """The page was open when a colleague removed the point."""
    seen_before = Point.objects.get(pk=points[1].pk)
    points[1].remove(by=cast.marek, at=now)
    words = ("Other words",) if verb == "reword" else ()
    with pytest.raises(PointRemoved):
        getattr(seen_before, verb)(*words, by=cast.ana, at=now)
    kept = Point.objects.get(pk=points[1].pk)
    assert (kept.text, kept.answered_at, kept.removed_at) == ("Rude", None, now)


def test_it_refuses_to_bring_back_what_stands(points, cast, now):
    with pytest.raises(PointStands):
        points[0].bring_back(by=cast.ana, at=now)


def test_it_is_not_answered_by_a_reply_once_removed(complaint, points, cast, now):
    points[0].remove(by=cast.marek, at=now)
    keys = tuple(str(point.pk) for point in points[:2])
    send_answer(complaint.contact, Answer("We do.", points_answered=keys), by=cast.ana, at=now)
    answered = Point.objects.filter(answered_at__isnull=False)
    assert [point.text for point in answered] == ["Rude"]


def test_it_comes_back_open_if_its_answer_was_taken_back_meanwhile(complaint, points, cast, now):
    keys = (str(points[0].pk),)
    at = now + timedelta(seconds=1)
    message = send_answer(
        complaint.contact, Answer("We do.", points_answered=keys), by=cast.ana, at=at
    )
    points[0].remove(by=cast.ana, at=at)
    take_back(message, by=cast.ana, at=at + timedelta(seconds=1))
    points[0].bring_back(by=cast.ana, at=at + timedelta(seconds=2))
    assert Point.objects.get(pk=points[0].pk).answered_at is None
