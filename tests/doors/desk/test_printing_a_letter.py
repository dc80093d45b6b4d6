"""Any message as a letter: house, recipient, day, reference, text, signature."""

import pytest

from amends.records.complaints.models import Contact


def paper(client, to, message):
    return client.get(to("letter", message.contact, message.pk))


def test_it_prints_a_reply_with_all_that_a_letter_has(ana, to, cast, answered):
    page = paper(ana, to, answered).content.decode()
    for part in (
        "Krakofon", "help@house.example", "+48 12 555 01 02", "Olga Nowak", "25 November 2026",
        answered.contact.reference, "We are sorry.", "Ana",
    ):  # fmt: skip
        assert part in page, part


@pytest.mark.parametrize(
    ("language", "day"),
    [("pl", "25 listopada 2026"), ("ru", "25 ноября 2026"), ("sk", "25. novembra 2026")],
)
def test_it_is_dated_in_the_customer_s_language(ana, to, answered, language, day):
    Contact.objects.filter(pk=answered.contact_id).update(language=language)
    page = paper(ana, to, answered).content.decode()
    assert f'<html lang="{language}"' in page
    assert day in page
    assert "Back to the case" in page


def test_it_signs_once(ana, to, cast, answered):
    answered.contact.messages.filter(pk=answered.pk).update(text="Sorry.\n\nYours,\nAna")
    assert "Kind regards" not in paper(ana, to, answered).content.decode()


def test_it_prints_what_came_in_as_it_is(ana, to, complaint, clock):
    message = complaint.contact.messages.get(direction="in")
    message.text = "<script>alert(1)</script>\n\nBilled."
    message.save()
    page = paper(ana, to, message).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "olga@customer.example" in page
    assert "Kind regards" not in page


def test_it_does_not_print_what_was_taken_back(ana, to, cast, complaint, clock):
    message = complaint.contact.reply(text="Wrong.", by=cast.ana, at=clock())
    message.take_back(by=cast.ana, at=clock())
    assert paper(ana, to, message).status_code == 404


def test_it_is_linked_from_each_message(ana, to, answered):
    page = ana.get(to("case", answered.contact)).content.decode()
    for message in answered.contact.messages.all():
        assert to("letter", answered.contact, message.pk) in page
