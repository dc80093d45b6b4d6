"""A lead takes words or files out of a message; to all others the page is not there."""

import pytest
from django.urls import reverse

from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.models import Attachment
from amends.records.post.models import Outgoing


@pytest.fixture
def told(cast, now):
    contact = take_in_told(
        Told(
            text="My card is 4111.", channel="form", name="Olga Nowak", language="en",
            address="olga@customer.example", uploads=[Upload("card.pdf", "application/pdf", b"%PDF")],
        ),
        at=now,
    )  # fmt: skip
    for mail in Outgoing.objects.all():
        mail.cancel(at=now)
    return contact


@pytest.fixture
def page(told):
    message = told.messages.get(direction="in")
    return reverse("desk:redaction", args=[told.reference, message.pk])


def test_it_shows_what_goes_and_changes_nothing(ewa, told, page):
    text = ewa.get(page).content.decode()
    assert "My card is 4111." in text
    assert "card.pdf" in text
    assert told.messages.get(direction="in").text == "My card is 4111."


def test_it_takes_out_what_was_ticked(ewa, told, page):
    file = Attachment.objects.get()
    done = ewa.post(page, {"words": "on", "chosen": [str(file.pk)], "why": "A card"})
    assert done["Location"] == reverse("desk:case", args=[told.reference])
    text = ewa.get(done["Location"]).content.decode()
    assert "4111" not in text
    assert "card.pdf" not in text
    assert "Redacted for good: A card" in text


@pytest.mark.parametrize(
    "typed",
    [{"why": "A card"}, {"words": "on"}, {"words": "on", "why": "x", "chosen": ["nonsense"]}],
)
def test_it_takes_out_nothing_by_a_slip(ewa, told, page, typed):
    assert ewa.post(page, typed).status_code == 422
    assert told.messages.get(direction="in").text == "My card is 4111."
    assert Attachment.objects.exists()


def test_it_takes_no_file_of_another_message(ewa, told, page, contact):
    other = reverse("desk:redaction", args=[contact.reference, contact.messages.first().pk])
    typed = {"chosen": [str(Attachment.objects.get().pk)], "why": "x"}
    assert ewa.post(other, typed).status_code == 422
    assert Attachment.objects.exists()


@pytest.mark.parametrize("who", ["ana", "petra", "beata", "jan"])
def test_it_is_not_there_for_who_does_not_lead(seat, told, page, who):
    client = seat(who)
    assert client.get(page).status_code == 404
    assert client.post(page, {"words": "on", "why": "x"}).status_code == 404
    assert "4111" in told.messages.get(direction="in").text
