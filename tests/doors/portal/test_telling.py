"""The form to complain: one box first; whatever is wrong, nothing typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amends.doors.portal import forms
from amends.records.complaints.models import Attachment, Contact
from amends.records.post.models import Outgoing

TELL = reverse("portal:tell")
TYPED = {
    "text": "I was billed 200 for <b>nothing</b>.", "wish": "my 200 back", "name": 'Olga "O" Nowak',
    "address": "olga@customer.example", "phone": "+48 600 100 200",
}  # fmt: skip


def file(name="bill.pdf", size=10):
    return SimpleUploadedFile(name, b"x" * size, "application/pdf")


def test_it_takes_a_story_and_says_who_answers_and_by_when(browser):
    shown = browser.post(TELL, {**TYPED, "uploads": [file()]}, follow=True)
    contact = Contact.objects.get()
    assert shown.redirect_chain == [(reverse("portal:told"), 302)]
    assert contact.reference in shown.content.decode()
    assert (contact.kind, contact.channel) == ("complaint", "form")
    assert contact.complaint.story == TYPED["text"]
    assert contact.complaint.wish_words == TYPED["wish"]
    assert Attachment.objects.get().content() == b"x" * 10
    assert Outgoing.objects.get().to_address == "olga@customer.example"


def test_it_takes_a_story_with_a_phone_only_and_writes_to_nobody(browser):
    shown = browser.post(TELL, {"text": "Broken.", "phone": "+48 600 100 200"}, follow=True)
    assert shown.status_code == 200
    assert Contact.objects.get().customer.phones.get().digits == "48600100200"
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": ""}, "Write a few words first"),
        ({"text": " \n\t "}, "Write a few words first"),
        ({"address": "", "phone": ""}, "Leave an e-mail address or a phone number"),
        ({"address": "olga@"}, "valid email"),
        ({"address": "olga@customer.example\nBcc: all@world.example"}, "valid email"),
        ({"text": "a" * 50_001}, "at most 50000"),
        ({"wish": "w" * 301}, "at most 300"),
        ({"name": "n" * 201}, "at most 200"),
        ({"phone": "1" * 41}, "at most 40"),
        ({"name": "a\0b"}, "Null characters"),
    ],
)
def test_it_says_what_is_wrong_and_loses_nothing_typed(browser, changed, sentence):
    typed = {**TYPED, **changed}
    shown = browser.post(TELL, typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    assert ("Your words are kept below." in page) is bool(typed["text"])
    for name, value in typed.items():
        assert shown.context["form"][name].value() == value
        escaped = value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").strip()
        assert escaped.replace("\0", "") in page.replace("\0", ""), name
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([file(f"{number}.png") for number in range(6)], "Up to five files"),
        ([file("small.png"), file("film.mov", 2_000)], "“film.mov” is larger"),
        ([file("nothing.png", 0)], "empty"),
    ],
)
def test_it_names_files_that_are_too_many_or_too_large(browser, monkeypatch, files, sentence):
    monkeypatch.setattr(forms, "_FILE_BYTES", 1_000)
    shown = browser.post(TELL, {**TYPED, "uploads": files})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    assert "choose the files again" in page
    assert "I was billed 200" in page
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "a\r\nX-Evil: 1.png",
        "n" * 300 + ".png",
        "\u202egnp.exe",
        "👍.png",
    ],
)
def test_it_keeps_a_file_of_any_name_as_a_plain_name(browser, name):
    browser.post(TELL, {**TYPED, "uploads": [file(name)]})
    kept = Attachment.objects.get()
    assert not set("/\\\r\n\0") & set(kept.name)
    assert len(kept.name) <= 200


@pytest.mark.parametrize(
    ("accepted", "language", "words"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.5", "pl", "Napisz"), ("ru", "ru", None), ("sk,cs;q=0.8", "sk", None),
        ("en-GB", "en", "Tell us what happened."), ("de-DE,fr;q=0.5", "en", "Tell us what happened."),
        ("*", "en", None), ("xx-\0;q=9,,;", "en", None),
    ],
)  # fmt: skip
def test_it_speaks_the_browser_s_language_and_takes_a_story_without_words_in_it(
    cast, clock, accepted, language, words
):
    browser = Client(headers={"accept-language": accepted})
    page = browser.get(TELL)
    assert f'<html lang="{language}"' in page.content.decode()
    browser.post(TELL, {**TYPED, "text": "200?"})
    assert Contact.objects.get().language == language


@pytest.mark.parametrize(
    ("story", "language"),
    [
        ("Телефон сгорел и обжёг мне руку, ответьте, пожалуйста.", "ru"),
        ("Telefon przestał działać po dwóch dniach i nikt nie odpowiada.", "pl"),
    ],
)
def test_it_believes_the_words_before_the_browser(cast, clock, story, language):
    Client(headers={"accept-language": "en"}).post(TELL, {**TYPED, "text": story})
    assert Contact.objects.get().language == language


def test_it_takes_no_number_that_nobody_could_call(browser):
    shown = browser.post(TELL, {"text": "Broken.", "phone": "abc 12"})
    assert shown.status_code == 422
    assert "too short to be called" in shown.content.decode()


def test_it_says_that_it_is_here_only_to_the_browser_that_told_it(browser):
    browser.post(TELL, TYPED)
    told = browser.get(reverse("portal:told"))
    assert told.status_code == 200
    assert told["Cache-Control"] == "no-store"
    stranger = Client().get(reverse("portal:told"))
    assert (stranger.status_code, stranger["Location"]) == (302, TELL)


def test_it_tells_nobody_whether_it_knows_an_address(browser):
    pages = []
    for address in ("olga@customer.example", "new@customer.example"):
        shown = browser.post(TELL, {**TYPED, "address": address, "name": "X"}, follow=True)
        contact = Contact.objects.order_by("-id")[0]
        page = re.sub(
            r"(/status/|csrfmiddlewaretoken|X-CSRFToken)[^>]*>", "", shown.content.decode()
        )
        pages.append(page.replace(contact.reference, ""))
    assert pages[0] == pages[1]


def test_it_puts_no_words_of_the_form_into_a_header_of_the_mail(browser):
    name = "Olga\r\nBcc: all@world.example\r\n\r\n<script>"
    browser.post(
        TELL, {**TYPED, "name": name, "text": "Subject: x\r\nBcc: y@z.example\r\n\r\nhello"}
    )
    head = Outgoing.objects.get().mime().split(b"\r\n\r\n")[0]
    assert b"\nBcc:" not in head
    assert b"all@world.example>" not in head


def test_it_sends_the_link_to_the_address_and_shows_it_to_nobody_else(browser):
    """Whoever types Olga's address need not be Olga."""
    shown = browser.post(TELL, TYPED, follow=True).content.decode()
    assert "/status/" not in shown
    assert "is in your inbox" in shown
    assert "/status/" in Outgoing.objects.get().body


def test_it_shows_the_link_where_there_is_no_address_to_send_it_to(browser):
    story = {"text": "Broken.", "phone": "+48 600 100 200"}
    assert "/status/" in browser.post(TELL, story, follow=True).content.decode()


def test_it_gives_a_number_typed_by_a_stranger_no_customer_of_ours(browser, cast):
    cast.olga.add_phone("+48 600 100 200")
    browser.post(TELL, {"text": "Broken.", "phone": "+48 600 100 200"})
    assert Contact.objects.get().customer != cast.olga
