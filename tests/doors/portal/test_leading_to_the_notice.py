"""Whoever gives something is told, in their language, how the house treats it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors import portal
from amends.records.aftercare.models import Survey
from amends.records.aftercare.survey_links import survey_token
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.acknowledging import acknowledge, send_fresh_link
from amends.records.complaints.models import Contact

LANGUAGES = ("en", "pl", "ru", "sk")
TEMPLATES = Path(portal.__file__).parent / "templates"
# A form that takes something: not the one that chooses a language.
FORM = re.compile(r"<form\b(?:(?!</form>).)*</form>", re.DOTALL)
LEADS_THERE = re.compile(r'href="/privacy/\w\w/"')


def forms_of(page):
    return [form for form in FORM.findall(page.content.decode()) if "setlang" not in form]


def test_each_form_of_the_portal_leads_to_the_notice(
    browser, complaint, answered, clock, link, deliver
):
    contact = answered
    complaint.understand(
        by=contact.person, at=clock(), fault="customer", evidence="a photo", severity=2,
        expected="a", got="b", wish_words="money",
    )  # fmt: skip
    send_answer(
        contact, Answer(text="If we understand you …", asks_understood=True), by=contact.person,
        at=clock(),
    )  # fmt: skip
    deliver()
    pages = {
        "tell": browser.get(reverse("portal:tell")),
        "told wrongly": browser.post(reverse("portal:tell"), {"text": "x"}),
        "status": browser.get(link(contact)),
        "wrong message": browser.post(link(contact, "message"), {"text": ""}),
        "wrong answer": browser.post(link(contact, "answer"), {"words": "x"}),
        "understood": browser.get(link(contact, "understood")),
    }
    Contact.objects.get(pk=contact.pk).complaint.confirm(words="", at=clock())
    clock.forward(hours=24)
    survey = Survey.objects.with_contact().get()
    survey.ask(at=clock())
    where = [survey_token(survey.pk)]
    pages["survey"] = browser.get(reverse("portal:survey", args=where))
    browser.post(reverse("portal:survey_answer", args=where), {"words": "Well."})
    pages["more"] = browser.get(reverse("portal:survey", args=where))
    old = link(contact)
    clock.forward(days=70)
    pages["expired"] = browser.get(old)
    for name, page in pages.items():
        assert forms_of(page), name
        assert all(LEADS_THERE.search(form) for form in forms_of(page)), name


def test_no_form_of_the_portal_is_forgotten():
    forms = [file for file in TEMPLATES.rglob("*.html") if "<form" in file.read_text()]
    assert len(forms) == 6
    for file in forms:
        text = file.read_text()
        assert text.count("<form") == text.count("portal/privacy_line.html"), file.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_link(browser, language):
    page = browser.get(reverse("portal:privacy", args=[language]))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()
    assert b"Krakofon" in page.content
    assert page.content.count(b"<h2") == 6


def test_it_speaks_the_language_that_was_chosen_in_this_browser(browser):
    browser.cookies["django_language"] = "sk"
    page = browser.get(reverse("portal:privacy", args=["pl"]))
    assert '<html lang="sk"' in page.content.decode()
    assert "Kto za údaje zodpovedá" in page.content.decode()


@pytest.mark.parametrize("accepted", ["ru", "pl", "de"])
def test_it_speaks_the_browser_s_language_where_none_is_named(browser, accepted):
    page = Client(headers={"accept-language": accepted}).get(reverse("portal:privacy_here"))
    assert f'<html lang="{accepted if accepted in LANGUAGES else "en"}"' in page.content.decode()


@pytest.mark.parametrize("language", ["de", "xx", "EN", "..", "pl "])
def test_it_has_no_other_languages(browser, language):
    assert browser.get(f"/privacy/{language}/").status_code == 404


def test_what_the_house_words_is_words(browser, cast, now):
    body = "{house}\n\n<script>alert(1)</script> {{ settings.SECRET_KEY }} {% now 'Y' %}"
    body = body.replace("{{", "").replace("}}", "").replace("{%", "").replace("%}", "")
    cast.house.word("privacy", "en", subject="", body=body, by=cast.ewa, at=now)
    page = browser.get(reverse("portal:privacy", args=["en"])).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["mail", "form", "phone"])
def test_the_first_mail_leads_there_however_the_house_words_it(
    cast, complaint, now, language, channel
):
    kind = {"mail": "acknowledgement", "form": "portal_received"}.get(channel, "taken_down")
    cast.house.word(kind, language, subject="Here", body="Look: {link}", by=cast.ewa, at=now)
    Contact.objects.filter(pk=complaint.contact.pk).update(channel=channel, language=language)
    contact = Contact.objects.get(pk=complaint.contact.pk)
    said = acknowledge(contact, at=now)
    assert said.text.count(f"/privacy/{language}/") == 1
    assert "/privacy/" not in send_fresh_link(contact, at=now).text
