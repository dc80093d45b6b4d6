"""After "send" the next best case opens, the one that My day would put first; or one stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.records.complaints.intake import Told, take_in_told

MY_DAY = "/desk/"


@pytest.fixture
def more(cast, now):
    """Another case in Ana's hands: `more("Jan", severity=4)`."""

    def more(name, *, decided=True, severity=2, waits=timedelta(0)):
        told = Told(
            text=f"It broke, says {name}.", channel="mail", name=name, language="en",
            address=f"{name.lower()}@customer.example",
        )  # fmt: skip
        contact = take_in_told(told, at=now - waits, by=cast.ana)
        if decided:
            contact.decide("complaint", by=cast.ana, at=now)
            contact.complaint.understand(by=cast.ana, at=now, severity=severity)
        return contact

    return more


@pytest.fixture
def send(ana, to):
    def send(contact, then="next", client=ana):
        answer = client.post(to("reply", contact), {"text": "I am sorry.", "then": then})
        assert answer.status_code == 302
        return answer["Location"]

    return send


def first_of_my_day(client):
    best = client.get(reverse("desk:my_day")).context["best"]
    return best.reference


def test_it_opens_what_my_day_puts_first(ana, complaint, more, send, to):
    more("Jan")
    worse = more("Eva", severity=4)
    where = send(complaint.contact)
    assert where == to("case", worse)
    assert first_of_my_day(ana) == worse.reference


def test_it_comes_to_the_undecided_when_nothing_else_is_left(complaint, more, send, to):
    undecided, decided = more("Jan", decided=False), more("Eva")
    assert send(complaint.contact) == to("case", decided)
    assert send(decided) == to("case", undecided)


def test_it_goes_to_my_day_when_nothing_is_left(complaint, more, send):
    # The other one is answered: nothing of it is due for days.
    answered = more("Jan")
    send(answered, "stay")
    assert send(complaint.contact) == MY_DAY


def test_it_comes_back_to_a_case_that_is_due(complaint, more, send, clock, to):
    answered = more("Jan")
    send(answered, "stay")
    clock.forward(days=5)
    assert send(complaint.contact) == to("case", answered)


def test_it_opens_no_case_that_one_may_not_see_or_that_others_hold(
    ana, cast, complaint, more, send, now
):
    hidden, held = more("Jan", severity=4), more("Eva", severity=4)
    hidden.hand_to(by=cast.ewa, at=now, team=cast.office)
    held.hand_to(by=cast.ewa, at=now, person=cast.marek)
    named = more("Iva", severity=4)
    named.complaint.name_person(cast.ana, by=cast.ewa, at=now)
    assert send(complaint.contact) == MY_DAY


def test_it_remembers_what_one_prefers(ana, cast, complaint, more, send, to):
    assert cast.ana.goes_on
    assert send(complaint.contact, "stay") == to("case", complaint.contact)
    cast.ana.refresh_from_db()
    assert not cast.ana.goes_on
    shown = ana.get(to("case", more("Jan"))).content.decode()
    assert '<option value="stay" selected>' in shown


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil", "\0"])
def test_it_goes_nowhere_else(ana, to, complaint, wanted):
    answer = ana.post(to("reply", complaint.contact), {"text": "I am sorry.", "then": wanted})
    assert answer.status_code == 422


def test_it_takes_the_undo_along_and_leads_back_with_all_that_was_typed(ana, complaint, more, to):
    other = more("Jan")
    typed = {"text": "I am sorry.", "then": "next", "remedy": "A new one", "cost": "5"}
    shown = ana.post(to("reply", complaint.contact), typed, follow=True)
    assert shown.redirect_chain[-1][0] == to("case", other)
    message = complaint.contact.messages.get(author__isnull=False)
    undo = to("reply_undo", complaint.contact, message.pk)
    assert undo in shown.content.decode()
    back = ana.post(undo, follow=True)
    assert back.redirect_chain[-1][0] == to("case", complaint.contact)
    form = back.context["forms"]["reply"]
    assert [form[name].value() for name in ("text", "remedy", "cost")] == [
        "I am sorry.", "A new one", "5.00",
    ]  # fmt: skip


def test_it_proposes_the_check_back_for_the_next_morning_worked(ana, clock, to, complaint):
    page = ana.get(to("case", complaint.contact), {"put-right": "yes"})
    form = page.context["forms"]["reply"]
    assert form["check_back_date"].value() == "2026-11-26"
    assert form["check_back_time"].value() == "10:00"
    clock.forward(days=2)  # a Friday
    page = ana.get(to("case", complaint.contact), {"put-right": "yes"})
    assert page.context["forms"]["reply"]["check_back_date"].value() == "2026-11-30"
    plain = ana.get(to("case", complaint.contact))
    assert not plain.context["forms"]["reply"]["check_back_date"].value()
