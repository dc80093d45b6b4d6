"""A call or a letter that was noted by mistake stands in its form again, as it was typed."""

from datetime import timedelta

import pytest

from amends.records.writing.models import Draft


@pytest.fixture
def called(ana, to, complaint, clock):
    """A call of half an hour ago, with a promise, noted by Ana; and the page that follows."""
    clock.forward(hours=3)
    point = complaint.add_point("Billed twice", by=complaint.contact.customer, at=clock())
    typed = {
        "call-text": "I said it comes back.", "call-reached": "Olga N.", "call-time": "12:15",
        "call-promise": "Money back", "call-promise_date": f"{clock() + timedelta(days=2):%Y-%m-%d}",
        "call-points": [str(point.pk)],
    }  # fmt: skip
    page = ana.post(to("calls", complaint.contact), typed, follow=True)
    return complaint.contact.messages.get(reached="Olga N."), page.content.decode()


def test_it_offers_undo_on_the_strip_and_beside_the_call(called, ana, to, complaint):
    message, page = called
    assert page.count(to("telling_undo", complaint.contact, message.pk)) == 2
    assert "The call is on record." in page
    later = ana.get(to("case", complaint.contact)).content.decode()
    assert later.count(to("telling_undo", complaint.contact, message.pk)) == 1


def test_it_stands_in_the_form_as_it_was_typed(called, ana, to, complaint, clock):
    message, _page = called
    undo = to("telling_undo", complaint.contact, message.pk)
    page = ana.post(undo, follow=True).content.decode()
    assert "Taken back. It counts as no answer" in page
    assert 'id="editor-call" value="call" checked' in page
    assert ">I said it comes back.</textarea>" in page
    assert 'value="Olga N."' in page
    assert 'value="12:15"' in page
    assert 'value="Money back"' in page
    assert "Call taken back" in page
    assert undo not in page
    form = ana.get(to("case", complaint.contact)).context["forms"]["call"]
    assert form["points"].value() == [str(complaint.points.get().pk)]
    typed = {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    ana.post(to("calls", complaint.contact), typed)
    again = complaint.contact.messages.get(reached="Olga N.", taken_back_at=None)
    assert (again.text, again.at) == (message.text, message.at)
    assert complaint.promises.filter(withdrawn_at=None).get().what == "Money back"
    assert not Draft.objects.exists()


def test_it_keeps_what_was_begun_meanwhile(called, ana, to, complaint):
    message, _page = called
    begun = {"what": "call", "call-text": "And another thing."}
    ana.post(to("draft", complaint.contact), begun)
    ana.post(to("telling_undo", complaint.contact, message.pk))
    text = Draft.objects.get(what="call").fields["text"]
    assert text == "I said it comes back.\n\nAnd another thing."


def test_it_stands_as_a_letter_again(ana, to, complaint, clock):
    typed = {
        "letter-text": "Dear Olga,\n\nit comes back.", "letter-to": "Long Street 1\nKraków",
        "letter-dispatched_date": "2026-11-24", "letter-tracking": "RR 123 PL",
    }  # fmt: skip
    clock.forward(days=1)
    typed["letter-dispatched_date"] = "2026-11-26"
    page = ana.post(to("letters", complaint.contact), typed, follow=True).content.decode()
    letter = complaint.contact.messages.get(channel="letter")
    undo = to("telling_undo", complaint.contact, letter.pk)
    assert page.count(undo) == 2
    form = ana.post(undo, follow=True).context["forms"]["letter"]
    assert {name: form[name].value() for name in ("text", "to", "dispatched_date", "tracking")} == {
        name.removeprefix("letter-"): value for name, value in typed.items()
    }
    assert ana.get(to("letter", complaint.contact, letter.pk)).status_code == 404


def test_it_says_that_a_letter_stays_once_the_undo_ran_out(ana, to, cast, complaint, clock):
    typed = {"letter-text": "Dear Olga, it comes.", "letter-dispatched_date": "2026-11-25"}
    ana.post(to("letters", complaint.contact), typed)
    letter = complaint.contact.messages.get(channel="letter")
    clock.forward(seconds=cast.house.undo_seconds)
    undo = to("telling_undo", complaint.contact, letter.pk)
    page = ana.post(undo, follow=True).content.decode()
    assert "It stays on record" in page
    assert undo not in page
    letter.refresh_from_db()
    assert letter.taken_back_at is None


def test_it_is_only_for_who_noted_it(called, seat, to, complaint):
    message, _page = called
    undo = to("telling_undo", complaint.contact, message.pk)
    assert seat("ewa").post(undo).status_code == 404
    assert undo not in seat("ewa").get(to("case", complaint.contact)).content.decode()
    message.refresh_from_db()
    assert message.taken_back_at is None


def test_it_is_not_for_a_reply_or_for_the_customer_s_words(ana, to, cast, complaint, clock):
    reply = complaint.contact.reply(text="It comes.", by=cast.ana, at=clock())
    heard = complaint.contact.messages.filter(direction="in").first()
    for message in (reply, heard):
        undo = to("telling_undo", complaint.contact, message.pk)
        assert ana.post(undo).status_code == 404


def test_it_keeps_what_is_typed_of_a_call_until_it_is_noted(ana, to, complaint, clock):
    save, page = to("draft", complaint.contact), to("case", complaint.contact)
    assert ana.post(save, {"what": "call", "call-reached": "Olga"}).status_code == 204
    assert not Draft.objects.exists()
    ana.post(save, {"what": "call", "call-reached": "Olga", "call-text": "She <b>was</b>\0 calm"})
    assert "She &lt;b&gt;was&lt;/b&gt; calm" in ana.get(page).content.decode()
    ana.post(to("calls", complaint.contact), {"call-in_vain": "yes", "call-text": "Busy."})
    assert not Draft.objects.exists()


def test_it_keeps_no_letter_that_is_only_the_greeting(ana, to, complaint, clock):
    save = to("draft", complaint.contact)
    ana.post(save, {"what": "letter", "letter-text": "Dear Olga, it comes."})
    assert Draft.objects.get().what == "letter"
    assert "Letter, " in ana.get("/desk/").content.decode()
    greeting = ana.get(to("case", complaint.contact)).context["forms"]["reply"].greeting
    ana.post(save, {"what": "letter", "letter-text": greeting})
    assert not Draft.objects.exists()


def test_it_throws_a_draft_of_a_call_away(ana, to, complaint, clock):
    ana.post(to("draft", complaint.contact), {"what": "call", "call-text": "Hm."})
    ana.post(to("draft_discard", complaint.contact), {"what": "call"})
    assert not Draft.objects.exists()


def test_it_brings_back_what_puts_it_right_and_when_to_ask(ana, to, complaint, clock):
    ask = f"{clock() + timedelta(days=2):%Y-%m-%d}"
    typed = {
        "call-text": "It comes back.", "call-reached": "Olga", "call-remedy": "Credit 200",
        "call-cost": "200", "call-currency": "EUR", "call-gesture": "on",
        "call-check_back_date": ask, "call-check_back_time": "11:30",
    }  # fmt: skip
    ana.post(to("calls", complaint.contact), typed)
    remedy = complaint.remedies.get()
    assert (remedy.what, remedy.cost, remedy.currency, remedy.gesture) == (
        "Credit 200", 200, "EUR", True
    )  # fmt: skip
    assert complaint.check_backs.get().cancelled_at is None
    call = complaint.contact.messages.get(reached="Olga")
    answer = ana.post(to("telling_undo", complaint.contact, call.pk), follow=True)
    form = answer.context["forms"]["call"]
    names = ("remedy", "currency", "gesture", "check_back_date", "check_back_time")
    assert [form[name].value() for name in names] == ["Credit 200", "EUR", True, ask, "11:30"]
    assert complaint.remedies.filter(dropped_at=None).count() == 0
    assert complaint.check_backs.get().cancelled_at
