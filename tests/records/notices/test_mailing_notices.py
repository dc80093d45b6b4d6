"""Notices by mail: to whom chose so, gathered, in their hours, once, and without anybody's words."""

from datetime import UTC, datetime, time, timedelta

import pytest

from amends.ground.events.models import Event
from amends.records.complaints.models import Note
from amends.records.notices import mailing
from amends.records.notices.mailing import mail_notices
from amends.records.notices.models import Choice, Notice, QuietAllDay, What
from amends.records.people.models import Absence
from amends.records.post.models import Outgoing

MINUTE = timedelta(minutes=1)


@pytest.fixture
def chooses(db):
    def chooses(person, **more):
        chosen = {
            "in_desk": What.values, "by_mail": What.values, "every_hours": 0, "quiet_from": None,
            "quiet_until": None, "quiet_days": [],
        }  # fmt: skip
        choice = Choice.objects.of(person)
        choice.choose(**{**chosen, **more})
        return choice

    return chooses


@pytest.fixture
def handed(cast, complaint, now):
    """Hand the case to Marek, as often as called."""

    def handed(at=now):
        complaint.contact.hand_to(by=cast.ewa, at=at, person=cast.marek)
        return complaint.contact

    return handed


@pytest.fixture
def mails(cast):
    def mails(person):
        return list(Outgoing.objects.filter(to_address=person.email).order_by("created_at"))

    return mails


def test_it_mails_nothing_to_who_never_chose_so(cast, handed, now, mails):
    handed()
    assert mail_notices(now) == 0
    assert mails(cast.marek) == []


@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
def test_it_mails_reference_and_link_in_the_language_of_the_desk_and_no_word_said(
    cast, chooses, complaint, now, mails, language
):
    cast.marek.language = language
    cast.marek.save()
    chooses(cast.marek)
    complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.marek, why="She is angry")
    complaint.contact.customer_writes(text="My secret is out.", at=now + MINUTE)
    Note.objects.write(complaint.contact, by=cast.ana, text="@Marek Example: a liar", at=now)
    assert mail_notices(now + 2 * MINUTE) == 1
    (mail,) = mails(cast.marek)
    assert complaint.contact.reference in mail.subject
    assert f"/desk/cases/{complaint.contact.reference}/" in mail.body
    assert mail.automatic
    assert mail.language == language
    for word in ("secret", "liar", "angry", "Olga", "Nowak", "200", complaint.goal):
        assert word not in mail.subject + mail.body
    assert "{" not in mail.subject + mail.body
    assert mail_notices(now + 3 * MINUTE) == 0


def test_it_mails_nothing_that_was_seen_meanwhile(cast, chooses, handed, now):
    chooses(cast.marek)
    handed()
    Notice.objects.see(cast.marek, at=now)
    assert mail_notices(now + MINUTE) == 0


def test_it_mails_nothing_of_a_case_that_one_may_not_see_any_more(cast, chooses, handed, now):
    chooses(cast.marek)
    handed().hand_to(by=cast.ewa, at=now, team=cast.office)
    assert mail_notices(now + MINUTE) == 0


def test_it_gathers_what_comes_within_some_hours(cast, chooses, handed, now, mails, contact):
    chooses(cast.marek, every_hours=4)
    handed()
    assert mail_notices(now) == 1
    contact.refresh_from_db()
    contact.customer_writes(text="Hello?", at=now + MINUTE)
    Notice.objects.tell(cast.marek, contact, What.DUE, key="x", at=now + MINUTE)
    assert mail_notices(now + timedelta(hours=4) - MINUTE) == 0
    assert mail_notices(now + timedelta(hours=4)) == 1
    assert len(mails(cast.marek)) == 2


def test_it_keeps_what_comes_in_quiet_hours_for_one_mail_after(cast, chooses, handed, now, mails):
    chooses(cast.marek, quiet_from=time(9), quiet_until=time(11))
    contact = handed()
    contact.customer_writes(text="Hello?", at=now + MINUTE)
    assert mail_notices(now + 59 * MINUTE) == 0
    assert mail_notices(now + 60 * MINUTE) == 1
    assert len(mails(cast.marek)) == 1
    assert not Notice.objects.to_mail().exists()


def test_it_mails_nothing_to_who_is_away_or_has_left(cast, chooses, handed, now):
    chooses(cast.marek)
    handed()
    absence = Absence.objects.note(
        person=cast.marek, from_date=now.date(), until_date=now.date(), stand_in=None
    )
    assert mail_notices(now) == 0
    absence.end()
    type(cast.marek).objects.filter(pk=cast.marek.pk).update(is_active=False)
    assert mail_notices(now) == 0


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "quiet"),
    [
        (18, 8, "17:59", False), (18, 8, "18:00", True), (18, 8, "23:59", True),
        (18, 8, "00:00", True), (18, 8, "07:59", True), (18, 8, "08:00", False),
        (12, 13, "11:59", False), (12, 13, "12:00", True), (12, 13, "13:00", False),
        (0, 8, "00:00", True), (20, 0, "23:59", True), (20, 0, "00:00", False),
    ],
)  # fmt: skip
def test_it_is_quiet_from_one_hour_to_another_over_midnight_too(begins, ends, hour, quiet):
    choice = Choice(quiet_from=time(begins), quiet_until=time(ends))
    at = datetime.fromisoformat(f"2026-11-25T{hour}:00+01:00")
    assert choice.is_quiet(at, "Europe/Warsaw") is quiet


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        # Clocks go back at 3:00 on 25 October 2026: 2:30 comes twice, and both are quiet.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False),
        # They go forward at 2:00 on 28 March 2027: from 1:59 to 3:00 is a minute.
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), False),
    ],
)
def test_it_reads_the_house_s_clock_when_clocks_change(at, quiet):
    choice = Choice(quiet_from=time(2), quiet_until=time(3))
    assert choice.is_quiet(at, "Europe/Warsaw") is quiet


def test_it_is_quiet_on_days_off_from_midnight_to_midnight_in_the_house():
    choice = Choice(quiet_days=[5, 6])
    quiet = [
        choice.is_quiet(datetime.fromisoformat(f"{moment}+01:00").astimezone(UTC), "Europe/Warsaw")
        for moment in ("2026-11-27T23:59:59", "2026-11-28T00:00", "2026-11-29T23:59:59",
                       "2026-11-30T00:00")
    ]  # fmt: skip
    assert quiet == [False, True, True, False]


@pytest.mark.parametrize(("begins", "ends"), [(time(8), time(8)), (time(8), None), (None, time(8))])
def test_it_refuses_hours_that_never_end(cast, chooses, begins, ends):
    with pytest.raises(QuietAllDay):
        chooses(cast.marek, quiet_from=begins, quiet_until=ends)
    assert not Choice.objects.exists()


def test_it_mails_once_with_two_workers(cast, chooses, handed, now, mails, monkeypatch):
    """The second worker has read the choice before the first has claimed it."""
    stale = chooses(cast.marek)
    handed()
    mail_notices(now)
    monkeypatch.setattr(mailing.Choice.objects, "of", lambda _person: stale)
    Notice.objects.update(mailed_at=None)
    assert mail_notices(now + MINUTE) == 0
    assert len(mails(cast.marek)) == 1


def test_it_touches_no_case_when_such_a_mail_is_refused(
    cast, chooses, handed, now, post_office, verbs
):
    chooses(cast.marek)
    contact = handed()
    mail_notices(now)
    before = verbs(contact), Notice.objects.count()
    post_office.refuse(now + MINUTE)
    assert (verbs(contact), Notice.objects.count()) == before
    assert Event.objects.filter(verb="mail_refused", thread=cast.marek.pk).count() == 1
