"""The stance of the house: set on House style, said on the case where the fault is edited."""

import pytest
from django.urls import reverse

from amends.ground.events.models import Event
from amends.records.house.models import House

HOUSE = reverse("desk:house")
FAULT = {
    "understanding-goal": "my 200 back", "understanding-fault": "ours",
    "understanding-severity": "2",
}  # fmt: skip


def test_it_says_beforehand_what_it_changes_and_keeps_nothing(ewa, said):
    typed = {**said, "stance": "concede", "concede_up_to": "50", "concede_currency": "EUR"}
    page = ewa.post(HOUSE, {**typed, "act": "look"})
    effects = [effect["said"] for effect in page.context["effects"] if "said" in effect]
    assert effects == [
        (
            "We concede first: in a plain case the fault is ours once its fixes have a cost of €50"
            " at most."
        ),
        "Plain is a case of severity 1 or 2 that is clear. What a person finds stands.",
        "Cases keep the fault that they have.",
    ]
    assert House.objects.current().stance == "evidence"
    assert not any("said" in effect for effect in ewa.get(HOUSE).context["effects"])


def test_it_is_kept_and_undone(ewa, said):
    ewa.post(HOUSE, {**said, "stance": "neutral"})
    assert House.objects.current().stance == "neutral"
    changes = ewa.get(reverse("desk:house_changes")).content.decode()
    assert "neutral until investigated" in changes
    event = Event.objects.filter(verb="house_set").get()
    ewa.post(reverse("desk:house_change_undo", args=[event.pk]))
    assert House.objects.current().stance == "evidence"


@pytest.mark.parametrize(
    ("stance", "line"),
    [
        ("evidence", "We go by evidence: not known yet, until somebody finds whose it is."),
        ("concede", "once its fixes have a cost of 100\N{NO-BREAK SPACE}zł at most."),
        ("neutral", "We stay neutral until investigated: a fault needs what shows it."),
    ],
)
def test_the_case_says_it_where_the_fault_is_edited(cast, ana, to, complaint, now, stance, line):
    cast.house.set(stance=stance, by=cast.ewa, at=now)
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert page.count(line) == 1


def test_a_neutral_house_asks_what_shows_it_and_loses_nothing(cast, ana, to, complaint, now, again):
    cast.house.set(stance="neutral", by=cast.ewa, at=now)
    shown = ana.post(to("understanding", complaint.contact), FAULT)
    assert shown.status_code == 422
    assert "Say what shows whose fault it is." in shown.content.decode()
    assert shown.context["forms"]["understanding"]["goal"].value() == "my 200 back"
    assert again(complaint).fault == "unknown"
    shows = {**FAULT, "understanding-evidence": "The order says 0."}
    assert ana.post(to("understanding", complaint.contact), shows).status_code == 302
    assert again(complaint).fault == "ours"


def test_the_case_says_that_it_was_conceded(cast, ana, to, complaint, now, again):
    cast.house.set(stance="concede", by=cast.ewa, at=now)
    typed = {"what": "Credit 20", "cost": "20", "currency": "PLN"}
    ana.post(to("remedies", complaint.contact), {f"remedy-{k}": v for k, v in typed.items()})
    assert again(complaint).fault == "ours"
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "Conceded first, as house style says." in page
    assert "Fault follows the stance of the house" in page
