"""Did we understand you? Yes and correct weigh the same; opening the page changes nothing."""

import re

import pytest
from django.test import Client

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Contact, Paraphrase

TEXT = """Hello,

If we understand you correctly, it is about this: “my <b>200</b> back”.

- billed 200
- nobody answers"""


@pytest.fixture
def asked(cast, complaint, clock, deliver):
    complaint.understand(by=cast.ana, at=clock(), severity=4)
    answer = Answer(text=TEXT, asks_understood=True)
    send_answer(complaint.contact, answer, by=cast.ana, at=clock())
    deliver()
    complaint.contact.refresh_from_db()
    return complaint.contact


@pytest.fixture
def post(browser, link, clock):
    def post(contact, **typed):
        clock.forward(minutes=1)
        answer = browser.post(link(contact, "understood_answer"), typed, follow=True)
        contact.refresh_from_db()
        return answer

    return post


def heard(contact, text):
    return contact.messages.filter(direction="in", text=text).count()


def test_it_shows_what_we_understood_and_nothing_before_it(browser, link, asked):
    page = browser.get(link(asked, "understood")).content.decode()
    assert "my &lt;b&gt;200&lt;/b&gt; back" in page
    assert re.findall(r"<li>(.*?)</li>", page) == ["billed 200", "nobody answers"]
    assert "Hello," not in page
    assert "severity" not in page


def test_it_offers_yes_and_correct_alike(browser, link, asked):
    page = browser.get(link(asked, "understood")).content.decode()
    buttons = re.findall(r'<button class="([^"]*)" name="right" value="(yes|no)">', page)
    assert [value for _classes, value in buttons] == ["yes", "no"]
    assert len({classes for classes, _value in buttons}) == 1


def test_it_changes_nothing_by_opening(browser, link, asked, rows):
    before, state = rows(), Contact.objects.values().get()
    for query in ("", "?right=yes", "?right=no&words=wrong"):
        assert browser.get(link(asked, "understood") + query).status_code == 200
        assert browser.get(link(asked, "understood_answer") + query).status_code == 405
    assert rows() == before
    assert Contact.objects.values().get() == state
    assert Paraphrase.objects.get().answered_at is None


def test_it_takes_nothing_without_the_browser_s_own_key(link, asked, rows):
    before = rows()
    stranger = Client(enforce_csrf_checks=True)
    typed = {"right": "no", "words": "x"}
    assert stranger.post(link(asked, "understood_answer"), typed).status_code == 403
    assert rows() == before


def test_it_takes_a_yes_once_and_says_so_afterwards(post, asked, rows):
    shown = post(asked, right="yes").content.decode()
    assert "You said that this is how it is." in shown
    assert 'name="right"' not in shown
    before = rows()
    post(asked, right="yes")
    assert rows() == before
    assert Paraphrase.objects.get().right
    assert asked.last_direction == "out"


def test_it_takes_a_correction_to_a_person(post, asked):
    shown = post(asked, right="no", words="It was <300>.").content.decode()
    assert "It was &lt;300&gt;." in shown
    assert "We have your message." in shown
    assert Paraphrase.objects.get().correction == "It was <300>."
    assert (heard(asked, "It was <300>."), asked.last_direction) == (1, "in")


def test_it_takes_a_yes_whose_words_say_no_for_a_correction(post, asked):
    shown = post(asked, right="yes", words="No, it is still broken").content.decode()
    assert "What you corrected" in shown
    assert Paraphrase.objects.get().right is False


def test_it_still_takes_a_message_after_the_answer(post, browser, link, asked):
    assert re.search(r"/status/\S+/message\"", post(asked, right="yes").content.decode())
    post(asked, right="no", words="One thing more: the box.")
    assert heard(asked, "One thing more: the box.") == 1
    assert Paraphrase.objects.get().right


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"right": "maybe"},
        {"right": "no", "words": " "},
        {"right": "yes", "words": "w" * 20_001},
        {"right": "no", "words": "a\0b"},
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_words(browser, link, asked, rows, typed):
    before = rows()
    typed = {"words": "My <own> words", **typed}
    shown = browser.post(link(asked, "understood_answer"), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "field__error" in page or "refusal" in page
    assert typed["words"].strip().replace("<", "&lt;").replace(">", "&gt;") in page
    assert rows() == before


def test_it_is_led_to_from_the_status_page_while_it_waits(browser, link, asked, post):
    assert link(asked, "understood").split("/")[-2] == "understood"
    assert "/understood/" in browser.get(link(asked)).content.decode()
    post(asked, right="yes")
    assert "/understood/" not in browser.get(link(asked)).content.decode()


def test_it_leads_to_the_status_page_where_nothing_was_asked(browser, link, answered, rows, post):
    assert "/understood/" not in browser.get(link(answered)).content.decode()
    assert browser.get(link(answered, "understood")).status_code == 302
    before = rows()
    post(answered, right="yes")
    assert rows() == before
    post(answered, right="no", words="Kept all the same.")
    assert heard(answered, "Kept all the same.") == 1


def test_it_asks_nothing_that_can_still_be_taken_back(browser, link, complaint, cast, clock):
    answer = Answer(text=TEXT, asks_understood=True)
    send_answer(complaint.contact, answer, by=cast.ana, at=clock())
    assert browser.get(link(complaint.contact, "understood")).status_code == 302
    assert "/understood/" not in browser.get(link(complaint.contact)).content.decode()


def test_it_takes_a_message_behind_an_old_link(browser, link, asked, clock):
    where = [link(asked, name) for name in ("understood", "understood_answer")]
    clock.forward(days=70)
    shown = browser.get(where[0])
    assert shown.status_code == 410
    assert "billed 200" not in shown.content.decode()
    kept = browser.post(where[1], {"right": "no", "words": "It was 300."})
    assert kept.status_code == 410
    assert "It was 300." in kept.content.decode()
    assert Paraphrase.objects.get().answered_at is None


def test_it_stays_with_this_browser(browser, link, asked):
    page = browser.get(link(asked, "understood"))
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "Tak, o to chodzi"), ("ru", "Да, всё так"), ("sk", "Áno, je to tak")],
)
def test_it_speaks_the_customer_s_language(browser, link, asked, language, words):
    Contact.objects.update(language=language)
    assert words in browser.get(link(asked, "understood")).content.decode()
