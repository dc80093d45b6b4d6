"""A lead words the playbooks of the house; a complaint has one, and the desk speaks its words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.ground.events.models import Event
from amends.records.complaints.models import Complaint
from amends.records.house.books import Books
from amends.records.house.models import HouseBook

LIST = reverse("desk:house_playbook")
CHANGES = reverse("desk:house_changes")
HEARD = reverse("desk:house_book", args=["heard", "en"])
NEW = reverse("desk:house_book_new")
LATE_PL = reverse("desk:house_book", args=["late", "pl"])


@pytest.fixture
def complaint(contact, cast, now):
    contact.decide("complaint", by=cast.ana, at=now)
    return contact.complaint


def retirement(key):
    return reverse("desk:house_book_retirement", args=[key])


def understood(ana, complaint, **more):
    facts = {"goal": complaint.goal, "fault": complaint.fault, "severity": complaint.severity}
    data = {f"understanding-{name}": value for name, value in {**facts, **more}.items()}
    return ana.post(reverse("desk:understanding", args=[complaint.reference]), data)


def test_it_lists_the_playbooks_and_opens_each_in_each_language(ewa):
    rows = ewa.get(LIST).context["rows"]
    assert [row["key"] for row in rows] == ["heard", "late", "charge", "regulated"]
    assert [row["is_usual"] for row in rows] == [True, False, False, False]
    for row in rows:
        for code, _name, own in row["languages"]:
            shown = ewa.get(reverse("desk:house_book", args=[row["key"], code]))
            assert shown.context["code"] == code
            assert len(shown.context["rail"]) == 5
            assert not own


@pytest.mark.parametrize("args", [("heard", "xx"), ("tick", "en"), ("__init__", "en")])
def test_it_finds_no_other_playbook(ewa, args):
    assert ewa.get(reverse("desk:house_book", args=args)).status_code == 404
    assert ewa.post(reverse("desk:house_book", args=args), {"act": "keep"}).status_code == 404


def test_it_keeps_the_words_of_the_house_and_the_case_has_them(ewa, ana, cast, complaint):
    typed = {
        "hear_name": " Listen\r\nfirst ",
        "next_answer": "Call them back",
        "apologize_name": "",
    }
    assert ewa.post(HEARD, {"act": "keep", **typed}).status_code == 302
    assert Books().own_words("heard", "en") == {
        "hear_name": "Listen first", "next_answer": "Call them back",
    }  # fmt: skip
    event = Event.objects.about(cast.house.id).get()
    assert (event.verb, event.data["book"]) == ("playbook_worded", "heard")
    case = ana.get(reverse("desk:case", args=[complaint.reference]))
    assert [step.name for step in case.context["rail"]][:3] == [
        "Listen first", "Empathise", "Apologise",
    ]  # fmt: skip
    assert case.context["next_words"] == "Call them back"
    for page in ("my_day", "cases"):
        assert b"Call them back" in ana.get(reverse(f"desk:{page}")).content


def test_it_shows_what_it_would_do_and_keeps_nothing(ewa, complaint):
    shown = ewa.post(HEARD, {"act": "look", "hear_name": "Listen"})
    assert shown.context["rail"][0].name == "Listen"
    assert ("new", "Listen") in shown.context["lines"]
    assert shown.context["effects"] == ["1 open complaint reads so from now on."]
    other = ewa.post(LATE_PL, {"act": "look", "hear_name": "Słuchaj"})
    assert other.context["effects"] == ["No open complaint has this playbook at the moment."]
    assert not HouseBook.objects.exists()
    assert not Event.objects.filter(verb="playbook_worded").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [("hear_name", "x" * 25), ("hear_hint", "x" * 161), ("title", "x" * 61), ("next_tell", "\0")],
)
def test_it_keeps_nothing_too_long_for_its_place(ewa, name, text):
    shown = ewa.post(HEARD, {"act": "keep", name: text})
    assert shown.status_code == 422
    assert set(shown.context["form"].errors) == {name}
    assert not HouseBook.objects.exists()


def test_it_shows_markup_as_it_was_typed_and_ignores_what_it_does_not_know(ewa, ana, complaint):
    hostile = '<b onx="1">{house}'
    ewa.post(HEARD, {"act": "keep", "hear_name": hostile, "tick_name": "x", "next_zzz": "x"})
    assert Books().own_words("heard", "en") == {"hear_name": hostile}
    case = ana.get(reverse("desk:case", args=[complaint.reference])).content.decode()
    assert hostile not in case
    assert "&lt;b onx=&quot;1&quot;&gt;{house}" in case


def test_it_goes_back_to_the_original(ewa):
    ewa.post(HEARD, {"act": "keep", "hear_name": "Listen"})
    ewa.post(HEARD, {"act": "restore"})
    assert Books().book("heard", "en").step("hear").name == "Hear"
    assert not ewa.get(HEARD).context["is_own"]


def test_it_sets_back_the_words_and_the_usual_one(ewa, cast):
    ewa.post(HEARD, {"act": "keep", "hear_name": "Listen"})
    ewa.post(HEARD, {"act": "keep", "hear_name": "Hark"})
    ewa.post(LIST, {"usual": "late"})
    first, second, third = ewa.get(CHANGES).context["rows"]
    assert (first["old"], first["new"]) == ("HEARD", "Late delivery")
    assert (second["old"], second["new"]) == ("Listen", "Hark")
    assert (third["old"], third["undo"]) == ("Hear", False)
    for row in (first, second):
        ewa.post(reverse("desk:house_change_undo", args=[row["event"].pk]))
    books = Books()
    assert books.usual == "heard"
    assert books.book("", "en").step("hear").name == "Listen"


def test_it_sets_back_no_words_that_were_set_again_since(ewa):
    ewa.post(HEARD, {"act": "keep", "hear_name": "Listen"})
    event = Event.objects.get(verb="playbook_worded")
    ewa.post(HEARD, {"act": "keep", "hear_name": "Hark"})
    ewa.post(reverse("desk:house_change_undo", args=[event.pk]))
    assert Books().own_words("heard", "en") == {"hear_name": "Hark"}


@pytest.mark.parametrize("usual", ["tick", "", "../heard"])
def test_it_makes_only_one_that_there_is_the_usual(ewa, usual):
    assert ewa.post(LIST, {"usual": usual}).status_code == 422
    assert Books().usual == "heard"


def test_it_shows_an_agent_nothing_and_takes_nothing_in(ana):
    for where in (HEARD, LIST):
        assert ana.get(where).status_code == 404
        assert (
            ana.post(where, {"act": "keep", "hear_name": "x", "usual": "late"}).status_code == 404
        )
    assert ana.post(NEW, {"title": "x", "like": "late"}).status_code == 404
    assert ana.post(retirement("late"), {"act": "retire"}).status_code == 404
    assert not HouseBook.objects.exists()


def test_it_gives_a_complaint_the_usual_playbook_or_the_one_that_is_chosen(ewa, ana, complaint):
    where = reverse("desk:case", args=[complaint.reference])
    ewa.post(LIST, {"usual": "charge"})
    assert ana.get(where).context["next_words"] == "Check the sum against the order, and answer"
    understood(ana, complaint, playbook="late")
    shown = ana.get(where)
    assert shown.context["next_words"] == "Find out where the parcel is, and answer"
    assert shown.context["rail"][0].card.apply[0].startswith("Open the order")
    assert Event.objects.filter(verb="understood").latest("id").data["facts"] == {
        "playbook": "late"
    }
    understood(ana, complaint, playbook="")
    assert ana.get(where).context["next_words"] == "Check the sum against the order, and answer"


def test_it_leaves_the_choice_where_the_form_had_none_and_refuses_another(ana, complaint):
    understood(ana, complaint, playbook="late")
    understood(ana, complaint, severity=3)
    kept = Complaint.objects.get(pk=complaint.pk)
    assert (kept.playbook, kept.severity) == ("late", 3)
    assert understood(ana, complaint, playbook="tick").status_code == 422
    assert Complaint.objects.get(pk=complaint.pk).playbook == "late"


def test_it_adds_one_that_begins_with_the_words_of_another(ewa, ana, complaint):
    ewa.post(LATE_PL, {"act": "keep", "hear_name": "Słuchaj"})
    added = ewa.post(NEW, {"title": " Gift\n cards ", "like": "late"})
    key = HouseBook.objects.get(base="late").key
    assert added.url == reverse("desk:house_book", args=[key, "en"])
    assert ewa.get(added.url).context["name"] == "Gift cards"
    ewa.post(added.url, {"act": "keep", "title": "", "next_answer": "Look up the card"})
    books = Books()
    assert books.own_words(key, "en") == {"title": "Gift cards", "next_answer": "Look up the card"}
    assert books.book(key, "pl").title == "Gift cards"
    assert books.book(key, "pl").step("hear").name == "Słuchaj"
    assert books.book("late", "en").title == "Late delivery"
    understood(ana, complaint, playbook=key)
    shown = ana.get(reverse("desk:case", args=[complaint.reference]))
    assert shown.context["next_words"] == "Look up the card"
    rows = ewa.get(CHANGES).context["rows"]
    assert [(row["about"], row["undo"]) for row in rows][:2] == [
        ("Gift cards · en", True), ("Playbook added", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [{"title": " ", "like": "late"}, {"title": "x" * 61, "like": "late"}, {"title": "x"},
     {"title": "x", "like": "../heard"}],
)  # fmt: skip
def test_it_adds_none_without_a_name_or_after_none(ewa, typed):
    shown = ewa.post(NEW, typed)
    assert shown.status_code == 422
    assert shown.context["new"].errors
    assert not HouseBook.objects.exists()


def test_it_retires_one_and_the_cases_that_have_it_keep_it(ewa, ana, complaint):
    understood(ana, complaint, playbook="late")
    ewa.post(retirement("late"), {"act": "retire"})
    assert "late" not in Books().offered()
    assert understood(ana, complaint, playbook="late", severity=3).status_code == 302
    shown = ana.get(reverse("desk:case", args=[complaint.reference]))
    assert shown.context["next_words"] == "Find out where the parcel is, and answer"
    understood(ana, complaint, playbook="charge")
    assert understood(ana, complaint, playbook="late").status_code == 422
    assert ewa.post(LIST, {"usual": "late"}).status_code == 422
    row = ewa.get(CHANGES).context["rows"][0]
    assert (row["about"], row["old"]) == ("Playbook retired", "Late delivery")
    ewa.post(reverse("desk:house_change_undo", args=[row["event"].pk]))
    assert "late" in Books().offered()
    ewa.post(retirement("late"), {"act": "retire"})
    ewa.post(retirement("late"), {"act": "back"})
    assert [row["undo"] for row in ewa.get(CHANGES).context["rows"]] == [True, False, False, False]


def test_it_keeps_the_usual_one(ewa):
    ewa.post(retirement("heard"), {"act": "retire"})
    assert "heard" in Books().offered()
    assert ewa.post(retirement("tick"), {"act": "retire"}).status_code == 404
    ewa.post(LIST, {"usual": "late"})
    event = Event.objects.get(verb="playbook_usual")
    ewa.post(retirement("heard"), {"act": "retire"})
    ewa.post(reverse("desk:house_change_undo", args=[event.pk]))
    assert (Books().usual, Books().is_retired("heard")) == ("late", True)


def test_it_reads_the_playbooks_once_a_page(ana, ewa, cast, complaint, now):
    def count():
        with CaptureQueriesContext(connection) as seen:
            ana.get(reverse("desk:cases"))
        return len(seen)

    count()
    before = count()
    for key in ("heard", "late", "charge", "regulated"):
        for code in ("en", "pl", "ru", "sk"):
            where = reverse("desk:house_book", args=[key, code])
            ewa.post(where, {"act": "keep", "next_answer": "Answer them"})
    complaint.understand(by=cast.ana, at=now + timedelta(minutes=1), playbook="regulated")
    assert count() == before
