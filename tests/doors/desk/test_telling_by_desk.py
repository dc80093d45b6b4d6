"""The editor's call and letter: on record with a few keys, and nothing lost where it can't be."""

from datetime import UTC, datetime, timedelta

import pytest


def outgoing(contact):
    return contact.messages.filter(direction="out", author__isnull=False).order_by("at", "id")


def log(client, to, contact, **typed):
    given = {"call-text": "I said it comes back.", "call-reached": "Olga Nowak"} | typed
    return client.post(to("calls", contact), given, follow=True)


def test_it_keeps_a_call_made_just_now(ana, to, cast, complaint, clock):
    page = log(ana, to, complaint.contact).content.decode()
    message = outgoing(complaint.contact).get()
    assert (message.author, message.reached, message.at) == (cast.ana, "Olga Nowak", clock())
    assert "The call is on record." in page
    assert "Call: Olga Nowak" in page
    assert to("telling_undo", complaint.contact, message.pk) in page


def test_it_keeps_a_call_of_an_earlier_hour(ana, to, complaint, clock):
    clock.forward(hours=5)
    log(ana, to, complaint.contact, **{"call-time": "12:15"})
    # In the house's time, which is Warsaw's.
    assert outgoing(complaint.contact).get().at == datetime(2026, 11, 25, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"call-text": ""}, "This field is required."),
        ({"call-reached": " "}, "Say whom you reached"),
        ({"call-date": "2026-11-24"}, "Say at what hour that day."),
        ({"call-date": "2026-11-24", "call-time": "10:00"}, "before this case came in"),
        ({"call-time": "23:00"}, "That is still to come."),
        ({"call-promise": "Money"}, "A promise needs a date."),
        ({"call-promise_date": "2026-11-27"}, "Say what you promise by then."),
        ({"call-date": "yesterday"}, "Enter a valid date."),
    ],
)
def test_it_says_what_is_wrong_with_a_call_and_keeps_what_was_typed(
    ana, to, complaint, clock, typed, sentence
):
    answer = log(ana, to, complaint.contact, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if "call-text" not in typed:
        assert "I said it comes back." in page
    assert 'id="editor-call" value="call" checked' in page
    assert not outgoing(complaint.contact).exists()


def test_it_notes_that_nobody_was_reached(ana, to, complaint, clock):
    page = log(
        ana, to, complaint.contact, **{"call-text": "", "call-in_vain": "yes"}
    ).content.decode()
    assert "Called, nobody reached" in page
    assert not outgoing(complaint.contact).exists()
    page = log(
        ana, to, complaint.contact, **{"call-text": "Rang <b>twice</b>.", "call-in_vain": "yes"}
    ).content.decode()
    assert "nobody reached: Rang &lt;b&gt;twice&lt;/b&gt;." in page


def test_it_keeps_a_letter_with_day_and_number(ana, to, complaint, clock):
    typed = {
        "letter-text": "Dear Olga,\n\nit comes back.", "letter-to": "Long Street 1\nKraków",
        "letter-dispatched_date": "2026-11-25", "letter-tracking": "RR 123 PL",
    }  # fmt: skip
    page = ana.post(to("letters", complaint.contact), typed, follow=True).content.decode()
    message = outgoing(complaint.contact).get()
    assert (message.tracking, message.to_address) == ("RR 123 PL", "Long Street 1\nKraków")
    assert "Letter, posted 25 November" in page
    assert "RR 123 PL" in page
    assert to("letter", complaint.contact, message.pk) in page
    # The next letter goes to the same place.
    assert page.count("Long Street 1") == 1


def test_it_refuses_a_letter_that_is_only_the_greeting(ana, to, complaint, clock):
    typed = {"letter-text": "Hello,\n\n", "letter-dispatched_date": "2026-11-25"}
    answer = ana.post(to("letters", complaint.contact), typed)
    assert answer.status_code == 422
    assert not outgoing(complaint.contact).exists()


def test_it_offers_call_and_letter_where_no_mail_can_go(ana, to, cast, complaint, clock):
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert 'id="editor-reply" value="reply" checked' in page
    cast.olga.addresses.all().delete()
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "A call or a letter is an answer too." in page
    assert 'id="editor-call" value="call" checked' in page
    assert 'id="letter-text"' in page


def test_it_takes_no_call_on_a_closed_case_but_shows_what_was_typed(
    ana, to, cast, complaint, clock
):
    complaint.close_as_lead(by=cast.ewa, at=clock(), reason="withdrawn", why="Taken back.")
    assert 'id="call-text"' not in ana.get(to("case", complaint.contact)).content.decode()
    answer = log(ana, to, complaint.contact)
    assert answer.status_code == 422
    assert "I said it comes back." in answer.content.decode()


def test_it_is_not_for_who_only_reads(seat, to, complaint, clock):
    page = log(seat("beata"), to, complaint.contact).content.decode()
    assert "Who answers it does that." in page
    assert not outgoing(complaint.contact).exists()


def test_it_does_not_take_a_call_for_a_mail_to_be_taken_back(ana, to, complaint, clock):
    log(ana, to, complaint.contact)
    message = outgoing(complaint.contact).get()
    assert ana.post(to("reply_undo", complaint.contact, message.pk)).status_code == 404
    assert ana.get(to("letter", complaint.contact, message.pk)).status_code == 404


def test_it_answers_points_and_promises_by_phone(ana, to, cast, complaint, clock):
    point = complaint.add_point("Billed", by=cast.ana, at=clock())
    due = clock() + timedelta(days=2)
    typed = {
        "call-points": [str(point.pk)], "call-promise": "Money back",
        "call-promise_date": f"{due:%Y-%m-%d}",
    }  # fmt: skip
    log(ana, to, complaint.contact, **typed)
    point.refresh_from_db()
    assert point.answered_at
    assert complaint.promises.get().what == "Money back"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"call-cost": "200"}, "Say what puts it right."),
        ({"call-remedy": "Credit", "call-cost": "-1"}, "greater than or equal to 0"),
        ({"call-check_back_date": "2026-11-20"}, "later than"),
    ],
)
def test_it_says_what_is_wrong_with_what_goes_along(ana, to, complaint, clock, typed, sentence):
    answer = log(ana, to, complaint.contact, **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not complaint.remedies.exists()


@pytest.mark.parametrize("way", ["call", "letter"])
def test_it_asks_later_only_where_a_mail_can_go(ana, to, cast, complaint, clock, way):
    field = f'name="{way}-check_back_date"'
    assert field in ana.get(to("case", complaint.contact)).content.decode()
    cast.olga.addresses.all().delete()
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert field not in page
    assert f'name="{way}-remedy"' in page


def test_it_puts_right_with_a_letter(ana, to, complaint, clock):
    typed = {
        "letter-text": "Dear Olga, it is done.", "letter-dispatched_date": "2026-11-25",
        "letter-remedy": "Credit 200", "letter-delivered": "on",
    }  # fmt: skip
    ana.post(to("letters", complaint.contact), typed)
    assert complaint.remedies.get().delivered_at
    complaint.contact.refresh_from_db()
    assert complaint.contact.fix == "told"
