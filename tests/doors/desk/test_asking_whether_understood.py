"""The desk offers to ask whether we understood where it is called for, and shows the answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.complaints.models import Contact, Paraphrase
from amends.records.writing.models import Draft

OFFER = 'data-key="u"'


@pytest.fixture
def severe(complaint, cast, clock):
    complaint.understand(by=cast.ana, at=clock(), severity=4, expected="free", got="billed 200")
    complaint.add_point("billed <200>", by=cast.ana, at=clock())
    return complaint.contact


@pytest.fixture
def ask(ana, to, severe, clock):
    """Take the offer, and send what stands in the reply then."""

    def ask(**more):
        shown = ana.post(to("paraphrase", severe), {"text": ""}, follow=True)
        form = shown.context["forms"]["reply"]
        typed = {"text": form["text"].value(), "paraphrase": "on", "then": "stay", **more}
        return ana.post(to("reply", severe), typed)

    return ask


def test_it_offers_to_ask_only_where_it_is_called_for(ana, to, complaint, cast, clock):
    page = to("case", complaint.contact)
    assert OFFER not in ana.get(page).content.decode()
    for facts in ({"severity": 4}, {"severity": 2, "cannot_describe": True},
                  {"cannot_describe": False, "facts_contradict": True}):  # fmt: skip
        complaint.understand(by=cast.ana, at=clock(), **facts)
        assert OFFER in ana.get(page).content.decode(), facts


def test_it_takes_the_two_facts_in(ana, to, complaint, again):
    typed = {"goal": "g", "fault": "ours", "severity": "2", "cannot_describe": "on"}
    where = to("understanding", complaint.contact)
    ana.post(where, {f"understanding-{name}": value for name, value in typed.items()})
    assert (again(complaint).cannot_describe, again(complaint).facts_contradict) == (True, False)
    shown = ana.get(to("case", complaint.contact)).content.decode()
    assert 'name="understanding-cannot_describe" value="on" checked' in shown
    del typed["cannot_describe"]
    ana.post(where, {f"understanding-{name}": value for name, value in typed.items()})
    assert not again(complaint).cannot_describe


def test_it_takes_it_down_at_hear(ana):
    typed = {"text": "It hums.", "channel": "phone", "kind": "complaint", "cannot_describe": "on"}
    assert ana.post(reverse("desk:told"), typed).status_code == 302
    assert Contact.objects.get().complaint.cannot_describe


def test_it_proposes_its_text_below_the_greeting_and_ticks_the_question(ana, to, severe):
    shown = ana.post(to("paraphrase", severe), {"text": "  "}, follow=True)
    text = shown.context["forms"]["reply"]["text"].value()
    assert text.startswith("Hello,\n\nIf we understand")
    assert "“billed 200”" in text
    assert "- billed <200>" in text
    assert 'name="paraphrase" value="on" checked' in shown.content.decode()
    assert OFFER not in shown.content.decode()
    assert not Paraphrase.objects.exists()


def test_it_adds_it_once_below_what_was_typed_and_keeps_the_rest(ana, to, severe):
    typed = {"text": "I am on it.\r\n", "promise": "A call"}
    file = SimpleUploadedFile("bill.txt", b"200")
    shown = ana.post(to("paraphrase", severe), {**typed, "uploads": file}, follow=True)
    form = shown.context["forms"]["reply"]
    assert form["text"].value().startswith("I am on it.\n\nIf we understand")
    assert form["promise"].value() == "A call"
    assert [kept.name for kept, ticked in form.files_shown() if ticked] == ["bill.txt"]
    # Unticked and asked for again, the text stands there once.
    again = ana.post(to("paraphrase", severe), {"text": form["text"].value()}, follow=True)
    text = again.context["forms"]["reply"]["text"].value()
    assert text.count("If we understand") == 1
    assert 'name="paraphrase" value="on" checked' in again.content.decode()


def test_it_proposes_nothing_once_it_was_asked_and_keeps_what_was_typed(ask, ana, to, severe):
    ask()
    shown = ana.post(to("paraphrase", severe), {"text": "One more thing."}, follow=True)
    assert "The customer was asked already" in shown.content.decode()
    assert shown.context["forms"]["reply"]["text"].value() == "One more thing."


def test_it_proposes_only_for_a_complaint(ana, to, contact):
    assert ana.post(to("paraphrase", contact), {"text": "Hello"}).status_code == 404
    assert not Draft.objects.exists()


def test_it_sends_it_as_a_message_and_shows_that_it_waits(ask, ana, to, severe, cast):
    assert ask().status_code == 302
    asked = Paraphrase.objects.get()
    assert (asked.message.author, asked.points) == (cast.ana, ["billed <200>"])
    page = ana.get(to("case", severe)).content.decode()
    assert "no answer yet" in page
    assert "billed &lt;200&gt;" in page
    assert OFFER not in page


def test_it_sends_an_ordinary_reply_without_the_tick(ana, to, severe):
    ana.post(to("reply", severe), {"text": "If we understand you correctly.", "then": "stay"})
    assert not Paraphrase.objects.exists()
    assert severe.messages.filter(author__isnull=False).count() == 1


def test_it_refuses_a_second_one_and_keeps_the_text(ask, ana, to, severe, clock):
    ask()
    clock.forward(minutes=5)
    typed = {"text": "So it is 300?", "paraphrase": "on", "then": "stay"}
    shown = ana.post(to("reply", severe), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "The customer was asked already" in page
    assert "So it is 300?" in page
    assert 'name="paraphrase" value="on" checked' in page
    assert Paraphrase.objects.count() == 1


def test_it_is_a_draft_again_once_taken_back(ask, ana, to, severe):
    ask()
    message = Paraphrase.objects.get().message
    ana.post(to("reply_undo", severe, message.pk))
    assert not Paraphrase.objects.exists()
    shown = ana.get(to("case", severe))
    assert "If we understand" in shown.context["forms"]["reply"]["text"].value()
    assert 'name="paraphrase" value="on" checked' in shown.content.decode()
    assert ask().status_code == 302
    assert Paraphrase.objects.count() == 1


def test_it_shows_a_yes_by_the_goal(ask, ana, to, severe, clock):
    ask()
    Paraphrase.objects.get().agree(words="", at=clock.forward(hours=1))
    page = ana.get(to("case", severe)).content.decode()
    assert "yes, that is it" in page
    assert page.index("case-head__agreed") < page.index("case__columns")


def test_it_shows_the_correction_beside_what_we_wrote(ask, ana, to, severe, clock):
    ask()
    words = "It was <300>, and free was the case."
    Paraphrase.objects.get().correct(words=words, at=clock.forward(hours=1))
    page = ana.get(to("case", severe)).content.decode()
    assert "We wrote" in page
    assert page.index("We wrote") < page.index("It was &lt;300&gt;, and free was the case.")
    assert "case-head__agreed" not in page
    assert ana.get(reverse("desk:my_day")).content.decode().count(severe.reference)


def test_it_asks_the_database_no_more_often_for_it(ask, ana, to, severe, clock):
    def count():
        with CaptureQueriesContext(connection) as seen:
            ana.get(to("case", severe))
        return len(seen)

    count()
    ask(then="stay")
    clock.forward(minutes=5)
    before = count()
    Paraphrase.objects.get().agree(words="", at=clock.forward(hours=1))
    assert count() <= before


def test_it_lets_quality_see_but_not_ask(seat, to, severe):
    beata = seat("beata")
    assert OFFER not in beata.get(to("case", severe)).content.decode()
    beata.post(to("paraphrase", severe), {"text": ""})
    assert not Draft.objects.exists()


def test_it_offers_nothing_once_it_is_closed(ana, to, severe, cast, clock):
    severe.complaint.close_as_lead(by=cast.ewa, at=clock(), reason="other", why="Done.")
    assert OFFER not in ana.get(to("case", severe)).content.decode()
