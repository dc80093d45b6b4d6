"""Setting how the house works: kept, on record with old and new, and undone while it is so."""

from datetime import date, time

import pytest

from amends.expertise.clocks.working_time import BadSpan
from amends.ground.events.models import Event
from amends.records.house import wording
from amends.records.house.models import (
    ChangedSince,
    Holiday,
    House,
    HouseText,
    NothingOpen,
    OpenSpan,
)

WEEK = [(day, time(9), time(17)) for day in range(5)]


def told(house):
    return [(event.verb, event.data) for event in Event.objects.about(house.id)]


def last(house):
    return Event.objects.about(house.id).last()


def test_it_notes_what_differs_with_what_it_was(cast, now):
    house = cast.house
    changed = house.set(name="Krakofon", answer_hours=4, by=cast.ewa, at=now)
    assert changed == ["answer_hours"]
    assert House.objects.current().answer_hours == 4
    assert told(house) == [("house_set", {"what": "answer_hours", "old": 8, "new": 4})]
    assert last(house).actor_name == "Ewa Example"


def test_it_notes_nothing_where_nothing_differs(cast, now):
    cast.house.work_at(WEEK, by=cast.ewa, at=now)
    before = len(told(cast.house))
    cast.house.set(name="Krakofon", by=cast.ewa, at=now)
    assert not cast.house.work_at(WEEK, by=cast.ewa, at=now)
    assert len(told(cast.house)) == before


def test_it_works_at_the_hours_that_are_set(cast, now):
    spans = [(2, time(9), time(12)), (2, time(13), time(17))]
    assert cast.house.work_at(spans, by=cast.ewa, at=now)
    assert cast.house.hours() == spans
    assert cast.house.calendar().spans == tuple(spans)


@pytest.mark.parametrize(
    ("spans", "refusal"),
    [([], NothingOpen), ([(0, time(9), time(17)), (0, time(12), time(18))], BadSpan)],
)
def test_it_keeps_the_hours_that_it_has_where_others_can_t_be(cast, now, spans, refusal):
    cast.house.work_at(WEEK, by=cast.ewa, at=now)
    with pytest.raises(refusal):
        cast.house.work_at(spans, by=cast.ewa, at=now)
    assert cast.house.hours() == WEEK


def test_it_undoes_each_kind_of_change(cast, now):
    house, by = cast.house, {"by": cast.ewa, "at": now}
    house.work_at(WEEK, **by)
    house.work_at([(5, time(10), time(14))], **by)
    house.undo_change(last(house), **by)
    assert house.hours() == WEEK
    house.set(answer_hours=2, **by)
    house.undo_change(last(house), **by)
    assert House.objects.current().answer_hours == 8
    house.close_on({date(2026, 12, 25): "Christmas Day"}, **by)
    house.undo_change(last(house), **by)
    assert not Holiday.objects.exists()
    # Undoing is a change too, so it can be undone itself.
    house.undo_change(last(house), **by)
    assert Holiday.objects.get().name == "Christmas Day"
    house.word("footer", "en", subject="", body="See {link}", **by)
    house.undo_change(last(house), **by)
    assert not HouseText.objects.exists()


def test_it_undoes_nothing_that_was_set_again(cast, now):
    house, by = cast.house, {"by": cast.ewa, "at": now}
    house.set(answer_hours=2, **by)
    first = last(house)
    house.set(answer_hours=3, **by)
    with pytest.raises(ChangedSince):
        house.undo_change(first, **by)
    assert House.objects.current().answer_hours == 3


def test_it_undoes_nothing_of_a_case(cast, now, complaint):
    event = Event.objects.about(complaint.contact.id).first()
    with pytest.raises(ChangedSince):
        cast.house.undo_change(event, by=cast.ewa, at=now)


def test_it_adds_a_holiday_once_and_keeps_its_name(cast, now):
    day = date(2026, 12, 25)
    assert cast.house.close_on({day: " Christmas "}, by=cast.ewa, at=now) == [day]
    assert cast.house.close_on({day: "Another"}, by=cast.ewa, at=now) == []
    assert Holiday.objects.get().name == "Christmas"
    assert cast.house.work_on([day, date(2026, 1, 1)], by=cast.ewa, at=now) == 1
    assert cast.house.calendar().works_on(day)


def test_it_gives_a_house_that_nobody_set_up_its_row(db, now):
    from amends.ground.events.models import PROGRAM

    house = House.objects.current()
    house.work_at(WEEK, by=PROGRAM, at=now)
    assert House.objects.get() == house
    assert OpenSpan.objects.count() == 5
    assert told(House.objects.current())[0][0] == "hours_set"


def test_it_writes_in_its_own_words_and_goes_back(cast, now):
    house, by = cast.house, {"by": cast.ewa, "at": now}
    given = dict.fromkeys(
        ("salutation", "first_lines", "who", "by_when", "goal", "reference", "signoff"), "x"
    )
    original = house.write("fresh_link", "pl", link="L", **given)
    house.word("fresh_link", "pl", subject="Link {reference}", body="Tu: {link}\r\n{phone}", **by)
    mine = House.objects.current().write("fresh_link", "pl", link="L", **given)
    assert (mine.subject, mine.body) == ("Link x", "Tu: L\n+48 12 555 01 02\n")
    assert house.write("fresh_link", "sk", link="L", **given).subject != "Link x"
    house.restore("fresh_link", "pl", **by)
    assert house.write("fresh_link", "pl", link="L", **given) == original


def test_it_keeps_no_row_for_the_words_of_the_program(cast, now):
    from amends.records.house import knowledge

    text = knowledge.original("fresh_link", "en")
    cast.house.word("fresh_link", "en", subject=text.subject, body=text.body, by=cast.ewa, at=now)
    assert not HouseText.objects.exists()
    assert not told(cast.house)


def test_it_signs_and_leads_in_its_own_words(cast, now):
    house, by = cast.house, {"by": cast.ewa, "at": now}
    house.word("signoff", "en", subject="", body="Yours, {person} of {house}", **by)
    house.word("footer", "en", subject="", body="Look: {link}", **by)
    assert house.sign("en", person="Ana") == "Yours, Ana of Krakofon"
    assert house.footer("en", link="L") == "Look: L"
    house.set(house_signs=True, **by)
    assert house.sign("sk", person="Ana") == "S pozdravom\nKrakofon"


@pytest.mark.parametrize(
    ("subject", "body", "refusal", "field"),
    [
        ("S", "{link} {password}", wording.NoSuchField, "password"),
        ("{nobody}", "{link}", wording.NoSuchField, "nobody"),
        ("S", "{link.__class__}", wording.NoSuchField, "link.__class__"),
        ("S", "{link[0]}", wording.NoSuchField, "link[0]"),
        ("S", "{link:>99999999}", wording.NoSuchField, "link:>99999999"),
        ("S", "{link!r}", wording.NoSuchField, "link!r"),
        ("S", "{} {link}", wording.NoSuchField, ""),
        ("S", "{link", wording.BraceAlone, ""),
        ("S", "link}", wording.BraceAlone, ""),
        ("S", "No way in", wording.FieldMissing, "link"),
        ("S", "  \n", wording.NothingWritten, ""),
        (" ", "{link}", wording.NothingWritten, ""),
    ],
)
def test_it_refuses_a_text_that_it_could_not_fill(cast, now, subject, body, refusal, field):
    with pytest.raises(refusal) as refused:
        cast.house.word("fresh_link", "en", subject=subject, body=body, by=cast.ewa, at=now)
    assert refused.value.field == field
    assert not HouseText.objects.exists()


def test_it_takes_braces_that_are_meant_as_such(cast, now):
    cast.house.word("footer", "en", subject="", body="{{ {link} }}", by=cast.ewa, at=now)
    assert cast.house.footer("en", link="L") == "{ L }"


def test_it_keeps_a_subject_on_one_line(cast, now):
    subject = "One\r\nBcc: all@evil.example"
    cast.house.word("fresh_link", "en", subject=subject, body="{link}", by=cast.ewa, at=now)
    assert HouseText.objects.get().subject == "One Bcc: all@evil.example"
