"""One post sends the answer and puts on record all that it says; undo takes all of it back."""

from datetime import timedelta

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

WORDS = "We are sorry. The 200 come back by Friday."


@pytest.fixture
def whole(cast, complaint, now):
    """All that one reply may say, in one form."""
    point = complaint.add_point("Billed 200", by=cast.ana, at=now)
    return {
        "text": WORDS, "promise": "200 back", "promise_date": "2026-11-27", "promise_time": "12:00",
        "remedy": "The 200 paid back", "cost": "200.00", "currency": "PLN",
        "check_back_date": "2026-11-30", "check_back_time": "10:00", "points": [str(point.pk)],
    }  # fmt: skip


def waiting_mail():
    return Outgoing.objects.filter(state="queued", automatic=False)


def test_it_sends_the_answer_and_records_what_it_says(ana, to, complaint, whole, clock):
    answer = ana.post(to("reply", complaint.contact), whole)
    assert (answer.status_code, answer["Location"]) == (302, to("case", complaint.contact))
    outgoing = waiting_mail().get()
    assert outgoing.to_address == "olga@customer.example"
    assert outgoing.not_before == clock() + timedelta(seconds=15)
    promise, remedy = Promise.objects.get(), Remedy.objects.get()
    assert promise.due_at.isoformat() == "2026-11-27T11:00:00+00:00"
    assert (remedy.what, str(remedy.cost), remedy.currency) == (
        "The 200 paid back",
        "200.00",
        "PLN",
    )
    assert CheckBack.objects.get().due_at.isoformat() == "2026-11-30T09:00:00+00:00"
    assert complaint.points.get().answered_at == clock()


def test_it_offers_undo_while_the_mail_is_here(ana, to, complaint, whole, clock):
    shown = ana.post(to("reply", complaint.contact), whole, follow=True).content.decode()
    undo = to("reply_undo", complaint.contact, complaint.contact.messages.get(direction="out").pk)
    assert undo in shown
    clock.forward(seconds=16)
    assert undo not in ana.get(to("case", complaint.contact)).content.decode()


def test_it_takes_back_all_that_the_reply_said_and_gives_the_text_back(ana, to, complaint, whole):
    ana.post(to("reply", complaint.contact), whole)
    message = complaint.contact.messages.get(direction="out", author__isnull=False)
    shown = ana.post(to("reply_undo", complaint.contact, message.pk), follow=True)
    again = shown.context["forms"]["reply"].initial
    assert again["promise"]
    assert again["promise_date"]
    assert again["check_back_date"]
    assert again["remedy"]
    assert again["points"]
    assert shown.context["forms"]["reply"].initial["text"] == WORDS
    assert f">{WORDS}</textarea>" in shown.content.decode()
    assert not waiting_mail().exists()
    assert Promise.objects.get().withdrawn_at
    assert Remedy.objects.get().dropped_at
    assert CheckBack.objects.get().cancelled_at
    assert complaint.points.get().answered_at is None


def test_it_takes_nothing_back_that_has_left(ana, to, complaint, whole, clock):
    ana.post(to("reply", complaint.contact), whole)
    message = complaint.contact.messages.get(direction="out", author__isnull=False)
    clock.forward(seconds=16)
    waiting_mail().get().claim(clock())
    shown = ana.post(to("reply_undo", complaint.contact, message.pk), follow=True)
    assert "on its way already" in shown.content.decode()
    assert Promise.objects.get().withdrawn_at is None


def test_it_lets_only_the_author_take_a_reply_back(ana, seat, to, complaint, whole):
    ana.post(to("reply", complaint.contact), whole)
    message = complaint.contact.messages.get(direction="out", author__isnull=False)
    undo = to("reply_undo", complaint.contact, message.pk)
    assert seat("marek").post(undo).status_code == 404
    assert undo not in seat("marek").get(to("case", complaint.contact)).content.decode()
    assert waiting_mail().exists()


def test_it_answers_a_question_which_is_then_closed(ana, to, contact):
    ana.post(to("verdict", contact), {"kind": "question"})
    ana.post(to("reply", contact), {"text": "We open at nine."})
    contact.refresh_from_db()
    assert (contact.kind, contact.state) == ("question", "closed")


BAD = {
    "nothing": ({"text": " \n "}, "nothing written"),
    "a promise without a date": ({"promise_date": ""}, "A promise needs a date"),
    "a date without a promise": ({"promise": ""}, "Say what you promise by then"),
    "a promise for the past": ({"promise_date": "2026-11-24"}, "later than now"),
    "a date that is none": ({"promise_date": "2026-13-45"}, "valid date"),
    "a year that is a slip": ({"promise_date": "0026-11-27"}, "Check the year"),
    "the end of time": ({"check_back_date": "9999-12-31"}, "Check the year"),
    "a cost of nothing": ({"remedy": ""}, "Say what puts it right"),
    "a cost below nought": ({"cost": "-5"}, "greater than or equal to 0"),
    "a cost that is no number": ({"cost": "NaN"}, "number"),
    "a currency nobody has": ({"currency": "XXX"}, "XXX"),
    "a check-back for the past": ({"check_back_date": "2026-11-20"}, "Ask later than now"),
    "a promise too long": ({"promise": "p" * 201}, "at most 200"),
    "a null": ({"promise": "200\0back"}, "Null characters"),
}


@pytest.mark.parametrize("bad", BAD)
def test_it_says_what_is_wrong_and_loses_nothing_typed(ana, to, complaint, whole, bad):
    change, sentence = BAD[bad]
    typed = {**whole, **change}
    shown = ana.post(to("reply", complaint.contact), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    for name in ("text", "promise", "promise_date", "remedy", "cost", "check_back_date"):
        assert shown.context["forms"]["reply"][name].value() == typed[name]
        assert typed[name].strip().replace("\0", "") in page.replace("\0", ""), name
    assert not complaint.contact.messages.filter(author__isnull=False).exists()
    assert not Promise.objects.exists()
    assert not Remedy.objects.exists()
    assert not CheckBack.objects.exists()


@pytest.mark.parametrize("key", ["0198c0de-0000-7000-8000-000000000000", "nonsense", "\0"])
def test_it_is_not_held_up_by_a_point_that_is_no_longer_open(ana, to, complaint, whole, key):
    answer = ana.post(to("reply", complaint.contact), {**whole, "points": [key]})
    assert answer.status_code == 302
    assert complaint.points.get().answered_at is None


def test_it_does_not_send_a_greeting_alone(ana, to, complaint):
    greeting = ana.get(to("case", complaint.contact)).context["forms"]["reply"].initial["text"]
    shown = ana.post(to("reply", complaint.contact), {"text": greeting.replace("\n", "\r\n")})
    assert shown.status_code == 422
    assert "nothing written yet" in shown.content.decode()
    assert not complaint.contact.messages.filter(author__isnull=False).exists()


def test_it_keeps_the_words_when_the_case_was_closed_meanwhile(ana, to, answered, again, clock):
    complaint = answered.contact.complaint
    complaint.confirm(words="Thank you, all well.", at=clock())
    shown = ana.post(to("reply", complaint.contact), {"text": WORDS})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "This case is closed" in page
    assert f">{WORDS}</textarea>" in page


def test_it_keeps_the_words_where_no_mail_can_go(ana, to, cast, now):
    from amends.records.complaints.intake import Told, take_in_told

    told = Told(text="It broke.", channel="phone", name="Jan", phone="+48 600 100 200")
    contact = take_in_told(told, at=now, by=cast.ana)
    shown = ana.post(to("reply", contact), {"text": WORDS})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "no mail address of this customer" in page
    assert f">{WORDS}</textarea>" in page


def test_it_promises_nothing_in_the_answer_to_a_question(ana, to, contact):
    ana.post(to("verdict", contact), {"kind": "question"})
    typed = {"text": WORDS, "promise": "A call", "promise_date": "2026-11-27"}
    shown = ana.post(to("reply", contact), typed)
    assert shown.status_code == 422
    assert "not a complaint yet" in shown.content.decode()
    assert WORDS in shown.content.decode()
    assert not contact.messages.filter(author__isnull=False).exists()
