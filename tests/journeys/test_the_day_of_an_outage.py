"""Thirty customers write about one thing; one text goes to all, save to whom it doesn't fit."""

import pytest

pytestmark = pytest.mark.browser

_THIRTY = 30


def test_it_answers_thirty_alike_and_sets_the_exception_apart(house, opens):
    for number in range(_THIRTY):
        sender = f"Customer{number} outage{number}@every.example"
        house.mail(
            sender, "No internet Wolska street", f"Nothing works since eight, number {number}."
        )
    for number in range(_THIRTY):
        house.waits_for_letter(f"outage{number}@every.example")
    house.does(
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from amends.records.complaints.models import Contact\n"
        "from amends.records.people.models import Person\n"
        "ana = Person.objects.get(email='ana@house.example')\n"
        "mine = Contact.objects.filter(subject='No internet Wolska street').order_by('received_at')\n"
        "for contact in mine:\n"
        "    contact.decide('complaint', by=ana, at=timezone.now())\n"
        "contact.complaint.understand(by=ana, at=timezone.now(), severity=4)\n"
    )
    ana = opens("ana", viewport={"width": 1280, "height": 900})
    ana.keyboard.press("/")
    ana.keyboard.type("Wolska")
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/desk/cases/?q=Wolska")
    ana.get_by_label("All on this page").focus()
    ana.keyboard.press("Space")
    ana.get_by_text("all that this list holds, on every page").click()
    ana.get_by_role("button", name="Answer together").press("Enter")
    ana.get_by_role("heading", name="These want an answer of their own").wait_for()
    assert ana.get_by_text("It is severe.").count() == 1
    ana.get_by_label("English").focus()
    ana.keyboard.press("Control+End")
    ana.keyboard.type(
        "The line in your street is back since noon, {name}. I am sorry for the hours."
    )
    ana.keyboard.press("Control+Enter")
    ana.get_by_role("heading", name="How it reads").wait_for()
    ana.get_by_role("button", name="Send to those ticked").press("Enter")
    ana.get_by_text(f"{_THIRTY - 1} answers are on their way").wait_for(timeout=60_000)
    answered = [
        house.waits_for_letter(f"outage{number}@every.example", 2) for number in range(_THIRTY - 1)
    ]
    assert all(f"Customer{number}" in letter.text for number, letter in enumerate(answered))
    assert len(house.received(f"outage{_THIRTY - 1}@every.example")) == 1
