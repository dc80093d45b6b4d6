"""One key decides what came in, with undo."""

import pytest
from django.urls import reverse

KINDS = ["complaint", "question", "nothing"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_decides_and_offers_to_undo(ana, to, contact, kind):
    shown = ana.post(to("verdict", contact), {"kind": kind}, follow=True)
    contact.refresh_from_db()
    assert contact.kind == kind
    assert shown.redirect_chain == [(to("case", contact), 302)]
    assert f'action="{to("verdict_undo", contact)}"' in shown.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_it_goes_on_with_the_day_where_it_was_decided_there(ana, to, contact, kind):
    shown = ana.post(to("verdict", contact), {"kind": kind, "then": "day"}, follow=True)
    assert shown.redirect_chain == [(reverse("desk:my_day"), 302)]
    assert f'action="{to("verdict_undo", contact)}"' in shown.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_it_undoes_what_nobody_has_acted_on(ana, to, contact, kind):
    ana.post(to("verdict", contact), {"kind": kind})
    ana.post(to("verdict_undo", contact))
    contact.refresh_from_db()
    assert (contact.kind, contact.state) == ("undecided", "open")
    assert contact.verdicts.get().undone_by_name == "Ana Example"


def test_it_says_that_the_decision_stands_once_it_was_acted_on(ana, to, complaint):
    ana.post(to("reply", complaint.contact), {"text": "We are sorry."})
    shown = ana.post(to("verdict_undo", complaint.contact), follow=True)
    complaint.contact.refresh_from_db()
    assert complaint.contact.kind == "complaint"
    assert "the decision stands" in shown.content.decode()


def test_it_offers_nobody_to_undo_a_colleague_s_decision_that_came_first(ana, seat, to, contact):
    seat("marek").post(to("verdict", contact), {"kind": "complaint"})
    shown = ana.post(to("verdict", contact), {"kind": "complaint"}, follow=True).content.decode()
    assert "A colleague has decided this already" in shown
    assert to("verdict_undo", contact) not in shown


@pytest.mark.parametrize("kind", ["", "undecided", "Complaint", "x" * 500, "\0"])
def test_it_says_what_can_be_decided(ana, to, contact, kind):
    shown = ana.post(to("verdict", contact), {"kind": kind}, follow=True)
    contact.refresh_from_db()
    assert contact.kind == "undecided"
    assert "a complaint, a question or nothing" in shown.content.decode()
