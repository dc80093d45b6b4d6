"""What was said while one wrote: the answer is held once, and its text kept."""

import pytest

from amends.records.answering.answer import Answer, send_answer

HELD = "Somebody wrote while you were writing."


@pytest.fixture
def opened(ana, to, complaint):
    """Ana has the case open: what her form carries."""
    page = ana.get(to("case", complaint.contact))
    return {"seen": str(page.context["seen"]), "text": "We take it off your bill."}


def answers(complaint):
    return complaint.contact.messages.filter(direction="out", purpose="reply")


def test_it_holds_an_answer_once_when_the_customer_wrote_meanwhile(
    ana, to, complaint, clock, opened
):
    complaint.contact.customer_writes(text="It is 300 by now.", at=clock.forward(minutes=1))
    held = ana.post(to("reply", complaint.contact), opened)
    page = held.content.decode()
    assert held.status_code == 422
    assert HELD in page
    assert page.index("It is 300 by now.") < page.rindex("We take it off your bill.")
    assert not answers(complaint).exists()
    again = {**opened, "seen": str(held.context["seen"])}
    assert f'name="seen" value="{again["seen"]}"' in page
    assert ana.post(to("reply", complaint.contact), again).status_code == 302
    assert answers(complaint).count() == 1


def test_it_shows_the_new_words_beside_the_kept_text(ana, to, complaint, clock, opened):
    complaint.contact.customer_writes(text="It is <b>300</b>.", at=clock.forward(minutes=1))
    page = ana.post(to("reply", complaint.contact), opened).content.decode()
    strip = page[page.index('id="meanwhile"') : page.index('id="reply-text"')]
    assert "It is &lt;b&gt;300&lt;/b&gt;." in strip
    assert "The customer wrote while you were writing" in strip


def test_it_holds_an_answer_when_a_colleague_answered_meanwhile(
    ana, cast, to, complaint, clock, opened
):
    send_answer(complaint.contact, Answer(text="It is off."), by=cast.marek, at=clock())
    page = ana.post(to("reply", complaint.contact), opened).content.decode()
    assert HELD in page
    assert "Answered meanwhile: Marek Example" in page
    assert answers(complaint).count() == 1


def test_it_holds_nothing_for_what_one_wrote_oneself_or_took_back(
    ana, cast, to, complaint, clock, opened
):
    send_answer(complaint.contact, Answer(text="One thing first."), by=cast.ana, at=clock())
    other = send_answer(complaint.contact, Answer(text="It is off."), by=cast.marek, at=clock())
    other.take_back(by=cast.marek, at=clock())
    assert ana.post(to("reply", complaint.contact), opened).status_code == 302


def test_it_holds_nothing_for_an_automatic_mail(ana, to, complaint, clock, opened):
    complaint.contact.hear(
        text="I am away.", at=clock.forward(minutes=1), channel="mail", automatic="auto_replied"
    )
    assert ana.post(to("reply", complaint.contact), opened).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "\0", "1" * 4_000])
def test_it_sends_from_a_form_that_names_no_message(ana, to, complaint, clock, opened, seen):
    complaint.contact.customer_writes(text="It is 300.", at=clock.forward(minutes=1))
    answer = ana.post(to("reply", complaint.contact), {**opened, "seen": seen})
    assert answer.status_code == 302


def test_it_puts_nothing_on_record_of_a_held_answer(ana, to, again, complaint, clock, opened):
    complaint.contact.customer_writes(text="It is 300.", at=clock.forward(minutes=1))
    more = {"promise": "A refund", "promise_date": "2026-11-27", "remedy": "200 back"}
    ana.post(to("reply", complaint.contact), {**opened, **more})
    fresh = again(complaint)
    assert not fresh.promises.exists()
    assert not fresh.remedies.exists()
    assert fresh.contact.person_id == complaint.contact.person_id
