"""By keyboard alone, beside a reply that is being written: points added, reworded, removed, ticked."""

import pytest
from playwright.sync_api import expect
from tests.journeys.at_the_desk import decide, open_case, send, write_reply

pytestmark = pytest.mark.browser


def test_it_changes_points_in_place_and_loses_no_draft(house, opens, axe_finds_nothing):
    house.mail("Pia Lund pia@customer.example", "Two things", "It was late. And it was broken.")
    house.waits_for_letter("pia@customer.example")
    desk = opens("ana")
    open_case(desk, "Two things")
    decide(desk, "c")
    write_reply(desk, "I am sorry that it came late")
    desk.evaluate("window.samePage = true")
    left = desk.locator("#reply-left")

    _add(desk, "it was late", "it was broken", "nobody said so")
    assert left.inner_text() == "3 points not answered"
    axe_finds_nothing(desk)
    _reword_the_last(desk, " by phone", axe_finds_nothing)
    _remove_the_one_before(desk)
    assert left.inner_text() == "2 points not answered"
    axe_finds_nothing(desk)
    desk.keyboard.press("z")
    desk.locator(".point__text", has_text="it was broken").wait_for()
    points = ["it was late", "it was broken", "nobody said so by phone"]
    assert desk.locator(".point__text").all_inner_texts() == points

    _tick_the_first_in_the_reply(desk)
    assert left.inner_text() == "2 points not answered"
    desk.focus("[id^=point-tick]")
    desk.keyboard.press("Enter")
    desk.get_by_text("1 of 3 answered").wait_for()
    assert left.inner_text() == "2 points not answered"
    assert "that it came late" in desk.input_value("#reply-text")
    assert desk.evaluate("window.samePage") is True
    desk.focus("#reply-text")
    send(desk)
    assert "that it came late" in house.waits_for_letter("pia@customer.example", 2).text


def test_it_makes_a_point_of_the_words_that_are_marked(house, opens, axe_finds_nothing):
    text = "The box was open. A screw was missing, and then another."
    house.mail("Ned Birch ned@customer.example", "Open box", text)
    house.waits_for_letter("ned@customer.example")
    desk = opens("ana")
    open_case(desk, "Open box")
    decide(desk, "c")
    desk.evaluate(_MARK, "A screw was missing")
    axe_finds_nothing(desk)
    desk.get_by_role("button", name="Make it a point").click()
    box = desk.locator("#id_point-text")
    expect(box).to_be_focused()
    expect(box).to_have_value("A screw was missing")
    desk.keyboard.press("Enter")
    desk.locator(".point__text", has_text="A screw was missing").wait_for()
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    desk.keyboard.press("Escape")
    # By the key, too; and words of ours are nobody's complaint.
    desk.evaluate(_MARK, "The box was open")
    desk.keyboard.press("a")
    expect(box).to_have_value("The box was open")
    desk.keyboard.press("Escape")
    desk.evaluate("getSelection().selectAllChildren(document.querySelector('.customer'))")
    assert not desk.get_by_role("button", name="Make it a point").is_visible()
    desk.keyboard.press("a")
    expect(box).to_be_focused()
    expect(box).to_have_value("")


_MARK = """words => {
  const walk = document.createTreeWalker(document.querySelector(".story"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode() && !walk.currentNode.data.includes(words));
  const at = walk.currentNode.data.indexOf(words);
  getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
}"""


def _add(desk, *points):
    """Add several in a row, and close the fold."""
    box = desk.locator("#id_point-text")
    desk.focus("#point-new-fold")
    desk.keyboard.press("Enter")
    for point in points:
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        desk.keyboard.type(point)
        desk.keyboard.press("Enter")
        desk.locator(".point__text", has_text=point).wait_for()
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    desk.keyboard.press("Escape")


def _reword_the_last(desk, words, axe_finds_nothing):
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Enter")
    desk.locator(".point__box:focus").wait_for()
    axe_finds_nothing(desk)
    desk.keyboard.type(words)
    desk.keyboard.press("Enter")
    desk.locator(".point__text", has_text=words.strip()).wait_for()
    desk.locator(".point__edit > summary:focus").wait_for()


def _remove_the_one_before(desk):
    for key in ("Shift+Tab", "Shift+Tab", "Enter"):
        desk.keyboard.press(key)
    desk.locator(".point__box:focus").wait_for()
    for key in ("Tab", "Tab", "Enter"):
        desk.keyboard.press(key)
    desk.get_by_text("“it was broken” is removed.").wait_for()
    expect(desk.locator(".point")).to_have_count(2)


def _tick_the_first_in_the_reply(desk):
    desk.focus("#reply-points > summary")
    for key in ("Enter", "Tab", "Space"):
        desk.keyboard.press(key)
