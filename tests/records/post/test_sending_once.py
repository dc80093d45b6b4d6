from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.ground import files
from amends.ground.events.models import Event, react
from amends.ground.jobs.running import run_due
from amends.records.post.models import AlreadyCancelled, LeaseLost, Outgoing, TooLate
from amends.records.post.models.outgoing import GIVE_UP_AFTER, LEASE


def test_it_can_be_taken_back_while_nobody_tried_to_send_it(post, now):
    mail = post(undo=timedelta(seconds=15))
    assert not Outgoing.objects.due(now + timedelta(seconds=14))
    mail.cancel(at=now + timedelta(seconds=14))
    assert not Outgoing.objects.due(now + timedelta(days=1))
    assert mail.claim(now + timedelta(days=1)) is None


def test_it_cannot_be_taken_back_once_its_sending_was_tried(post, now):
    mail, seen_before = post(), Outgoing.objects.get()
    token = mail.claim(now)
    with pytest.raises(TooLate):
        seen_before.cancel(at=now)
    mail.postpone(token, now, "450 later")
    with pytest.raises(TooLate):
        mail.cancel(at=now)


def test_it_cannot_be_taken_back_twice(post, now):
    post().cancel(at=now)
    with pytest.raises(AlreadyCancelled):
        Outgoing.objects.get().cancel(at=now)


def test_it_lets_one_of_two_claimers_win(post, now):
    mine, yours = post(), Outgoing.objects.get()
    assert mine.claim(now)
    assert yours.claim(now) is None
    assert Outgoing.objects.get().claim(now) is None


def test_it_tells_of_the_server_that_took_it(post, now):
    mail = post()
    token = mail.claim(now)
    mail.hand_over(token, now, mail.mime())
    mail.accept(token, now, "250 queued")
    event = Event.objects.about(mail.thread).get()
    assert (event.verb, event.actor_kind) == ("mail_accepted", "program")
    assert event.data == {"outgoing": str(mail.pk), "repeated": False}
    assert Outgoing.objects.get().server_answer == "250 queued"


def test_it_tells_of_the_server_that_refused_it(post, now):
    mail = post()
    mail.refuse(mail.claim(now), now, "550 no such person")
    assert Event.objects.get().verb == "mail_refused"
    assert Outgoing.objects.get().refused_at == now


def test_it_says_so_when_it_may_go_out_a_second_time(post, now):
    mail = post()
    first = mail.mime()
    mail.hand_over(mail.claim(now), now, first)  # 250, and the worker is killed
    again = Outgoing.objects.due(now + LEASE).get()
    token = again.claim(now + LEASE)
    Outgoing.objects.update(body="changed by whatever")
    again.refresh_from_db()
    assert again.mime() == first == files.read(again.mime_digest)
    again.hand_over(token, now + LEASE, first)
    again.accept(token, now + LEASE, "250")
    assert Outgoing.objects.get().repeated
    assert Event.objects.get().data["repeated"]


def test_it_is_no_repetition_when_the_worker_was_killed_before_the_bytes_went_out(post, now):
    post().claim(now)
    again = Outgoing.objects.get()
    again.hand_over(again.claim(now + LEASE), now + LEASE, again.mime())
    assert not again.repeated


def test_it_remembers_that_it_may_have_arrived_until_a_server_declines_the_bytes(post, now):
    mail = post()
    token = mail.claim(now)
    mail.hand_over(token, now, mail.mime())
    mail.postpone(token, now, "hung up")
    mail.postpone(mail.claim(now + LEASE), now + LEASE, "450 to the recipient, before any bytes")
    assert Outgoing.objects.get().handed_over_at == now
    token = mail.claim(now + 2 * LEASE)
    mail.hand_over(token, now, mail.mime())
    mail.postpone(token, now, "451", declined=True)
    assert Outgoing.objects.get().handed_over_at is None


def test_it_lets_a_late_worker_record_nothing(post, now):
    late, mail = post(), Outgoing.objects.get()
    old = late.claim(now)
    mail.refresh_from_db()
    assert mail.claim(now + LEASE)
    for record in (late.accept, late.refuse, late.postpone):
        with pytest.raises(LeaseLost):
            record(old, now + LEASE, "250")
    with pytest.raises(LeaseLost):
        late.hand_over(old, now, b"")
    assert not Event.objects.exists()


def test_it_is_tried_again_later_and_given_up_after_days(post, now):
    mail = post()
    mail.postpone(mail.claim(now), now, "450 busy")
    assert now < mail.next_try_at < now + timedelta(minutes=1)
    late = now + GIVE_UP_AFTER + timedelta(hours=1)
    mail.postpone(mail.claim(late), late, "450 still busy")
    assert (mail.state, mail.server_answer) == ("refused", "450 still busy")


def test_it_keeps_the_answer_even_if_what_follows_is_broken(post, now):
    def break_(_event):
        raise ZeroDivisionError

    mail = post()
    token = mail.claim(now)
    react({"mail_accepted": (break_,)})
    try:
        mail.accept(token, now, "250 ok")
        assert Outgoing.objects.get().state == "accepted"
        assert not Event.objects.exists()
    finally:
        react({})
    run_due(now)
    assert Event.objects.get().verb == "mail_accepted"


@pytest.mark.parametrize(
    "lie",
    [
        {"state": "accepted"},
        {"state": "refused"},
        {"state": "cancelled"},
        {"state": "sending"},
        {"state": "lost"},
        {"handed_over_at": "2026-11-25T09:00Z"},
        {"not_before": "2026-11-24T09:00Z"},
    ],
)
def test_it_cannot_be_in_a_state_that_contradicts_itself(post, lie):
    post()
    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.update(**lie)
