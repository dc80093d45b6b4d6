"""Who is told of what happened to a case, and who is not."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Note
from amends.records.notices.due import tell_of_what_is_due
from amends.records.notices.models import Choice, Notice, What
from amends.records.promises.models import Promise

MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(db):
    """What a person has been told of so far: `told(cast.ana)` gives (what, count) pairs."""

    def told(person):
        mine = Notice.objects.filter(person=person).order_by("at", "id")
        return [(notice.what, notice.count) for notice in mine]

    return told


@pytest.fixture
def held(cast, complaint, now):
    """Marek holds the complaint, which Ewa gave him, and has seen that."""
    complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.marek)
    Notice.objects.all().delete()
    return complaint


def test_it_tells_who_is_handed_a_case_but_not_who_takes_it(cast, complaint, now, told):
    complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.marek)
    assert told(cast.marek) == [("assigned", 1)]
    complaint.contact.take(by=cast.ana, at=now)
    assert told(cast.ana) == []
    assert told(cast.ewa) == []


def test_it_tells_nobody_of_what_goes_to_a_queue(cast, held, now):
    held.contact.hand_to(by=cast.ewa, at=now, team=cast.care)
    assert not Notice.objects.exists()


def test_it_tells_who_holds_another_case_of_the_customer_of_a_new_one(cast, held, receive, told):
    receive("And the charger is broken, too.", subject="Charger")
    assert told(cast.marek) == [("assigned", 1)]


def test_it_counts_mails_of_one_customer_until_they_are_seen(cast, held, now, told):
    for minutes in (1, 2, 3):
        held.contact.customer_writes(text="Hello?", at=now + minutes * MINUTE)
    assert told(cast.marek) == [("customer_wrote", 3)]
    assert Notice.objects.get().at == now + 3 * MINUTE
    Notice.objects.see(cast.marek, at=now + 4 * MINUTE)
    held.contact.customer_writes(text="Hello?", at=now + 5 * MINUTE)
    assert told(cast.marek) == [("customer_wrote", 3), ("customer_wrote", 1)]


def test_it_tells_once_that_a_case_opened_again_by_a_mail(cast, held, now, told):
    held.close_as_lead(by=cast.ewa, at=now, reason="other", why="Nothing to do.")
    held.contact.customer_writes(text="It is broken again.", at=now + MINUTE)
    assert told(cast.marek) == [("reopened", 1)]
    held.contact.customer_writes(text="Do you read this?", at=now + 2 * MINUTE)
    assert told(cast.marek) == [("reopened", 1), ("customer_wrote", 1)]


def test_it_tells_who_wrote_a_mail_that_it_did_not_arrive(cast, held, now, told, post_office):
    send_answer(held.contact, Answer(text="We are sorry."), by=cast.ana, at=now)
    post_office.refuse(now + MINUTE)
    assert told(cast.ana) == [("bounced", 1)]
    assert told(cast.marek) == []


def test_it_tells_who_holds_the_case_that_a_mail_of_the_program_did_not_arrive(
    cast, held, now, told, post_office
):
    held.contact.write_automatically(purpose="acknowledgement", subject="x", text="x", at=now)
    post_office.refuse(now + MINUTE)
    assert told(cast.marek) == [("bounced", 1)]


@pytest.mark.parametrize("text", ["@Ana Example, look at this.", "Ask @ana.", "(@ANA EXAMPLE)"])
def test_it_tells_who_is_named_in_a_note(cast, held, now, told, text):
    Note.objects.write(held.contact, by=cast.marek, text=text, at=now)
    assert told(cast.ana) == [("mentioned", 1)]
    assert told(cast.marek) == []


@pytest.mark.parametrize(
    "text", ["@Petra Example", "@Marek", "ana@house.example", "@Anastasia", "Ana", "@", "@@ @\0"]
)
def test_it_tells_nobody_of_a_note_that_names_no_colleague_who_may_see_it(cast, held, now, text):
    held.contact.hand_to(by=cast.ewa, at=now, team=cast.care)
    cast.care.closed, cast.care.is_default = True, False
    cast.care.save()
    Note.objects.write(held.contact, by=cast.marek, text=text.replace("\0", ""), at=now)
    assert not Notice.objects.exists()


def test_it_tells_nobody_who_is_named_in_the_complaint(cast, held, now, told):
    held.name_person(cast.ana, by=cast.ewa, at=now)
    Note.objects.write(held.contact, by=cast.marek, text="@Ana Example did it.", at=now)
    assert told(cast.ana) == []


def test_it_tells_once_of_an_answer_that_is_due(cast, held, told):
    due_at = held.contact.answer_due_at
    assert tell_of_what_is_due(due_at - 31 * MINUTE) == 0
    assert tell_of_what_is_due(due_at - 30 * MINUTE) == 1
    assert tell_of_what_is_due(due_at - 29 * MINUTE) == 0
    assert told(cast.marek) == [("due", 1)]
    assert tell_of_what_is_due(due_at + timedelta(hours=13)) == 0


def test_it_counts_half_an_hour_of_work(cast, held, told):
    """Ten minutes before the house closes, what is due ten minutes after it opens is near."""
    due_at = held.contact.answer_due_at.replace(hour=8, minute=10) + timedelta(days=1)
    type(held.contact).objects.update(answer_due_at=due_at)
    evening = (due_at - timedelta(days=1)).replace(hour=15, minute=39)
    assert tell_of_what_is_due(evening) == 0
    assert tell_of_what_is_due(evening + MINUTE) == 1


def test_it_tells_leads_of_the_team_where_nobody_has_taken_it(cast, held, now, told):
    held.contact.hand_to(by=cast.ewa, at=now, team=cast.care)
    type(held.contact).objects.update(person=None)
    tell_of_what_is_due(held.contact.answer_due_at)
    assert told(cast.ewa) == [("due", 1)]
    assert told(cast.marek) == []


def test_it_tells_who_promised_that_it_is_due(cast, held, now, told):
    due_at = now + timedelta(hours=2)
    Promise.objects.give(held, what="A call", due_at=due_at, by=cast.ana, at=now)
    tell_of_what_is_due(due_at - 20 * MINUTE)
    tell_of_what_is_due(due_at - 10 * MINUTE)
    assert told(cast.ana) == [("due", 1)]


def test_it_tells_nothing_that_the_person_doesn_t_want(cast, held, now, told):
    Choice.objects.of(cast.marek).choose(
        in_desk=[What.DUE], by_mail=[], every_hours=0, quiet_from=None, quiet_until=None,
        quiet_days=[],
    )  # fmt: skip
    held.contact.customer_writes(text="Hello?", at=now)
    assert told(cast.marek) == []


def test_it_shows_nothing_of_a_case_that_one_may_not_see_any_more(cast, held, now):
    held.contact.customer_writes(text="Hello?", at=now)
    assert Notice.objects.shown_to(cast.marek).count() == 1
    held.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert Notice.objects.shown_to(cast.marek).count() == 0


def test_it_takes_a_case_as_seen_with_all_its_notices_and_no_other_s(cast, held, now, receive):
    held.contact.customer_writes(text="Hello?", at=now)
    receive("And the charger.", subject="Charger")
    assert Notice.objects.see(cast.marek, at=now, contact=held.contact) == 1
    assert Notice.objects.unseen().get().what == "assigned"
    assert Notice.objects.see(cast.ana, at=now) == 0
