"""The day of an outage: thirty alike ticked, one text, exceptions first, and how far it is."""

import re

import pytest
from django.urls import reverse

from amends.ground.jobs.running import run_due
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Message
from amends.records.writing.models import Round

BEGIN = "/desk/cases/together/answer"
TEXT = "{salutation}\n\nThe line is back since noon."


@pytest.fixture
def thirty(now, cast):
    return [
        take_in_told(
            Told(
                text="No internet since eight.", channel="form", name=f"Customer {number}",
                address=f"c{number}@customer.example", language="en",
            ),
            at=now,
        )
        for number in range(30)
    ]  # fmt: skip


def refs(contacts):
    return [contact.reference for contact in contacts]


def page_of(answer):
    return answer.content.decode()


def ticked(page):
    return set(re.findall(r'name="chosen" value="([^"]+)" checked', page))


def test_it_ticks_all_but_the_exceptions_which_stand_first(ana, cast, now, thirty):
    severe = thirty[7]
    severe.complaint.understand(by=cast.ana, at=now, severity=4)
    page = page_of(ana.post(BEGIN, {"ref": refs(thirty)}))
    assert ticked(page) == set(refs(thirty)) - {severe.reference}
    assert page.index("It is severe.") < page.index("These get the text")


def test_it_shows_how_it_reads_and_keeps_what_was_ticked(ana, thirty):
    chosen = refs(thirty[:5])
    page = page_of(
        ana.post(BEGIN, {"ref": refs(thirty), "chosen": chosen, "text_en": TEXT, "step": "look"})
    )
    assert "How it reads" in page
    assert "Hello," in page
    assert ticked(page) == set(chosen)
    assert not Message.objects.filter(author__isnull=False).exists()


def test_it_sends_to_those_ticked_and_says_how_far_it_is(ana, cast, clock, thirty):
    chosen = refs(thirty[:28])
    answer = ana.post(
        BEGIN, {"ref": refs(thirty), "chosen": chosen, "text_en": TEXT, "step": "send"}
    )
    where = answer["Location"]
    assert "28 follow" in page_of(ana.get(where))
    while run_due(clock()):
        pass
    page = page_of(ana.get(where))
    assert "<b>28</b> answers are on their way" in page
    assert "hx-get" not in page
    assert Message.objects.filter(author=cast.ana).count() == 28


def test_it_takes_all_back_while_the_undo_runs(ana, clock, thirty):
    answer = ana.post(
        BEGIN, {"ref": refs(thirty), "chosen": refs(thirty), "text_en": TEXT, "step": "send"}
    )
    while run_due(clock()):
        pass
    assert "Take all back" in page_of(ana.get(answer["Location"]))
    ana.post(f"{answer['Location']}undo")
    assert Message.objects.filter(taken_back_at__isnull=False).count() == 30
    assert "Take all back" not in page_of(ana.get(answer["Location"]))


@pytest.mark.parametrize(
    "typed",
    [
        {"text_en": "{salutation}\n\n"},
        {"text_en": ""},
        {"text_en": "On {moon} it is back."},
        {"text_en": TEXT, "promise": "A credit note"},
        {"text_en": TEXT, "promise_date": "2026-11-30"},
        {"text_en": TEXT, "chosen": []},
    ],
)
def test_it_sends_nothing_half_and_loses_nothing_typed(ana, thirty, typed):
    answer = ana.post(
        BEGIN, {"ref": refs(thirty), "chosen": refs(thirty[:2]), "step": "send", **typed}
    )
    assert answer.status_code == 422
    if typed.get("text_en", "").strip():
        assert typed["text_en"].split("\n")[-1] in page_of(answer)
    assert not Round.objects.exists()


def test_it_answers_nothing_that_one_may_not_see(ana, cast, now, clock, thirty):
    hidden = thirty[0]
    hidden.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert hidden.reference not in page_of(ana.post(BEGIN, {"ref": refs(thirty)}))
    ana.post(BEGIN, {"ref": refs(thirty), "chosen": refs(thirty), "text_en": TEXT, "step": "send"})
    while run_due(clock()):
        pass
    assert not Message.objects.filter(contact=hidden, author__isnull=False).exists()


def test_it_is_for_who_answers_and_shows_a_round_to_its_own_only(seat, ana, thirty):
    assert seat("beata").post(BEGIN, {"ref": refs(thirty)}).status_code == 404
    answer = ana.post(
        BEGIN, {"ref": refs(thirty), "chosen": refs(thirty), "text_en": TEXT, "step": "send"}
    )
    for who in ("marek", "ewa", "beata", "jan"):
        assert seat(who).get(answer["Location"]).status_code == 404, who
        assert seat(who).post(f"{answer['Location']}undo").status_code == 404, who


def test_it_asks_for_somebody_ticked(ana, thirty):
    answer = ana.post(BEGIN, {"query": "kind=complaint"})
    assert answer["Location"] == reverse("desk:cases") + "?kind=complaint"
