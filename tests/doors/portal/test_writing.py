"""A message from the status page reaches the case, and is read by a person."""

import pytest


def test_it_takes_a_message(browser, link, answered):
    shown = browser.post(link(answered, "message"), {"text": "One <more> thing."}, follow=True)
    answered.refresh_from_db()
    assert "We have your message." in shown.content.decode()
    assert "One &lt;more&gt; thing." in shown.content.decode()
    assert (answered.state, answered.last_direction) == ("open", "in")


def test_it_opens_a_closed_case_again(browser, link, answered):
    browser.post(link(answered, "answer"), {"solved": "yes"})
    browser.post(link(answered, "message"), {"text": "It broke again, please help."})
    answered.refresh_from_db()
    assert answered.state == "open"


@pytest.mark.parametrize("text", ["", "  \n", "t" * 20_001, "a\0b"])
def test_it_says_what_is_wrong_and_keeps_the_words(browser, link, answered, rows, text):
    before = rows()
    shown = browser.post(link(answered, "message"), {"text": text})
    assert shown.status_code == 422
    assert shown.context["form"].errors["text"][0] in shown.content.decode().replace("&#x27;", "'")
    assert text.strip() in shown.content.decode()
    assert rows() == before
