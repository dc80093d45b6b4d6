"""Solved, or not: yes and no weigh the same, and only the customer says either."""

import re

import pytest

from amends.records.complaints.models import Contact
from amends.records.complaints.models.rows import Reopening

NO_IN_A_YES = ["No, it is still broken", "It does not work"]


@pytest.fixture
def post(browser, link, clock):
    def post(contact, **typed):
        clock.forward(minutes=1)
        answer = browser.post(link(contact, "answer"), typed, follow=True)
        contact.refresh_from_db()
        return answer

    return post


def test_it_offers_yes_and_no_alike(browser, link, answered):
    page = browser.get(link(answered)).content.decode()
    buttons = re.findall(r'<button class="([^"]*)" name="solved" value="(yes|no)">', page)
    assert [value for _classes, value in buttons] == ["yes", "no"]
    assert len({classes for classes, _value in buttons}) == 1


def test_it_offers_neither_before_anybody_answered(browser, link, complaint):
    assert 'name="solved"' not in browser.get(link(complaint.contact)).content.decode()


def test_it_closes_with_the_customer_s_yes(post, answered):
    shown = post(answered, solved="yes", words="Thank you.")
    assert (answered.state, answered.outcome) == ("closed", "confirmed")
    assert "We are glad that it is solved." in shown.content.decode()
    assert answered.messages.filter(direction="in", text="Thank you.").exists()


@pytest.mark.parametrize("words", NO_IN_A_YES)
def test_it_leaves_a_yes_whose_words_say_no_to_a_person(post, answered, words):
    shown = post(answered, solved="yes", words=words)
    assert answered.state == "open"
    assert "A person reads what you wrote" in shown.content.decode()
    assert answered.last_direction == "in"


def test_it_opens_again_with_a_no_for_the_same_owner_before_all_else(post, answered, cast):
    shown = post(answered, solved="no", words="Nothing came.")
    assert (answered.state, answered.double_deviation, answered.person) == ("open", True, cast.ana)
    assert "It is open again" in shown.content.decode()
    assert "Nothing came." in shown.content.decode()


def test_it_opens_again_with_a_no_after_a_yes(post, answered):
    post(answered, solved="yes")
    post(answered, solved="no", words="It broke again.")
    assert (answered.state, answered.outcome, answered.double_deviation) == ("open", "", True)


def test_it_takes_the_same_answer_twice_as_once(post, answered, rows):
    for solved in ("yes", "no"):
        post(answered, solved=solved)
        before = rows()
        assert post(answered, solved=solved).status_code == 200
        assert rows() == before
    assert answered.closings.count() == 1
    assert Reopening.objects.filter(not_solved=True).count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"solved": "maybe"},
        {"solved": "yes", "words": "w" * 20_001},
        {"solved": "no", "words": "a\0b"},
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_words(browser, link, answered, rows, typed):
    before = rows()
    typed = {"words": "My <own> words", **typed}
    shown = browser.post(link(answered, "answer"), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert 'role="alert"' in page
    assert typed["words"].replace("<", "&lt;").replace(">", "&gt;") in page
    assert rows() == before


def test_it_takes_no_answer_to_what_is_no_complaint(browser, link, contact, rows):
    before = rows()
    for solved in ("yes", "no"):
        assert browser.post(link(contact, "answer"), {"solved": solved}).status_code == 422
    assert rows() == before
    assert Contact.objects.get().kind == "undecided"
