"""The playbooks as a house has them, in its own words and in each language."""

import pytest

from amends.records.house import knowledge
from amends.records.house.books import Books
from amends.records.house.models import (
    HouseBook,
    NoSuchBook,
    NoSuchWords,
    NoTitle,
    UsualStays,
    longest,
)

pytestmark = pytest.mark.django_db


def test_it_says_in_one_language_what_was_worded_there_only(cast, now):
    cast.house.word_book("late", "pl", {"hear_name": "Słuchaj"}, by=cast.ewa, at=now)
    books = Books()
    assert books.book("late", "pl").step("hear").name == "Słuchaj"
    assert books.book("late", "ru") == knowledge.playbook("ru", "late")
    assert books.book("heard", "pl") == knowledge.playbook("pl")


def test_it_refuses_words_and_playbooks_that_there_are_not(cast, now):
    with pytest.raises(NoSuchWords):
        cast.house.word_book("late", "pl", {"hear_card": "x"}, by=cast.ewa, at=now)
    for key, language in (("tick", "pl"), ("late", "xx")):
        with pytest.raises(NoSuchBook):
            cast.house.word_book(key, language, {}, by=cast.ewa, at=now)
    with pytest.raises(NoSuchBook):
        cast.house.make_usual("tick", by=cast.ewa, at=now)
    assert not HouseBook.objects.exists()


def test_it_keeps_only_what_differs_and_as_much_as_there_is_room_for(cast, now):
    shipped = knowledge.playbook("en").words
    assert not cast.house.word_book("heard", "en", shipped, by=cast.ewa, at=now)
    long = {"hear_name": "x" * 400}
    assert cast.house.word_book("heard", "en", long, by=cast.ewa, at=now)
    assert Books().own_words("heard", "en") == {"hear_name": "x" * longest("hear_name")}
    assert not cast.house.word_book("heard", "en", long, by=cast.ewa, at=now)


def test_it_goes_on_with_the_usual_one_where_a_key_leads_nowhere(cast, now):
    cast.house.make_usual("late", by=cast.ewa, at=now)
    assert not cast.house.make_usual("late", by=cast.ewa, at=now)
    HouseBook.objects.create(key="gone", words={"en": {"title": "Gone"}})
    assert Books().book("gone", "en").title == "Late delivery"
    HouseBook.objects.filter(key="late").update(words={"en": {"zzz": "x", "title": "Parcels"}})
    assert Books().book("", "en").title == "Parcels"


def test_it_has_room_for_all_that_is_shipped():
    for key in knowledge.BOOKS:
        for language in knowledge.LANGUAGES:
            words = knowledge.playbook(language, key).words
            assert not [name for name, text in words.items() if len(text) > longest(name)]


def test_it_refuses_an_added_one_without_a_name_and_keeps_the_one_it_has(cast, now):
    with pytest.raises(NoTitle):
        cast.house.add_book(" \n", language="en", like="late", by=cast.ewa, at=now)
    for language, like in (("xx", "late"), ("en", "tick")):
        with pytest.raises(NoSuchBook):
            cast.house.add_book("Gifts", language=language, like=like, by=cast.ewa, at=now)
    assert not HouseBook.objects.exists()
    key = cast.house.add_book("Gifts", language="en", like="late", by=cast.ewa, at=now).key
    assert not cast.house.word_book(key, "en", {}, by=cast.ewa, at=now)
    assert not cast.house.word_book(key, "pl", {"title": "Gifts"}, by=cast.ewa, at=now)
    assert cast.house.word_book(key, "pl", {"title": "Prezenty"}, by=cast.ewa, at=now)
    assert [Books().book(key, code).title for code in ("en", "pl", "ru")] == [
        "Gifts", "Prezenty", "Gifts",
    ]  # fmt: skip


def test_it_makes_an_added_one_the_usual_and_copies_it_on(cast, now):
    first = cast.house.add_book("Gifts", language="en", like="late", by=cast.ewa, at=now)
    cast.house.word_book(first.key, "en", {"next_answer": "Call"}, by=cast.ewa, at=now)
    second = cast.house.add_book("Cards", language="pl", like=first.key, by=cast.ewa, at=now)
    cast.house.make_usual(second.key, by=cast.ewa, at=now)
    book = Books().book("", "en")
    assert (book.title, book.next_texts["answer"]) == ("Cards", "Call")
    with pytest.raises(UsualStays):
        cast.house.retire_book(second.key, by=cast.ewa, at=now)
    cast.house.retire_book(first.key, by=cast.ewa, at=now)
    assert not cast.house.retire_book(first.key, by=cast.ewa, at=now)
    with pytest.raises(UsualStays):
        cast.house.make_usual(first.key, by=cast.ewa, at=now)
