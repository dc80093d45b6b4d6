"""The survey's page: a link opens it, a button answers, once; nothing internal is on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from amends.records.aftercare.models import Survey
from amends.records.aftercare.survey_links import survey_token
from amends.records.complaints.links import token_for
from amends.site.reactions import set_reactions


@pytest.fixture
def survey(answered, clock):
    set_reactions()
    answered.complaint.confirm(words="", at=clock.forward(minutes=5))
    survey = Survey.objects.with_contact().get()
    survey.ask(at=clock.forward(hours=24))
    return survey


def page_of(survey, name="survey"):
    return reverse(f"portal:{name}", args=[survey_token(survey.pk)])


def test_it_shows_two_questions_and_a_box_first(browser, survey):
    page = browser.get(page_of(survey))
    html = page.content.decode()
    assert html.count("<fieldset") == 2
    assert html.count("<textarea") == 1
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert " checked" not in html


def test_it_changes_nothing_by_being_opened(browser, survey, rows):
    before = rows()
    for name in ("survey", "survey_answer", "survey_more"):
        got = browser.get(page_of(survey, name) + "?solved=no&recovery=1&words=x")
        assert got.status_code == (200 if name == "survey" else 405)
    assert rows() == before
    assert Survey.objects.get().answered_at is None


def test_it_opens_by_its_own_links_only(browser, survey, clock):
    for token in (token_for(survey.complaint.contact), survey_token(survey.pk)[:-2], "x" * 3_000):
        for name in ("survey", "survey_answer", "survey_more"):
            where = reverse(f"portal:{name}", args=[token])
            got = browser.get(where) if name == "survey" else browser.post(where)
            assert got.status_code == 404
    link = page_of(survey)
    clock.forward(days=61)
    assert browser.get(link).status_code == 404


def test_it_takes_the_answer_and_offers_one_more_minute(browser, survey):
    typed = {"solved": "yes", "recovery": "7", "words": "All good."}
    page = browser.post(page_of(survey, "survey_answer"), typed, follow=True).content.decode()
    assert page.count("<fieldset") == 3
    browser.post(page_of(survey, "survey_more"), dict.fromkeys(survey.items, "2"), follow=True)
    kept = Survey.objects.get()
    assert (kept.solved, kept.recovery, kept.words) == (True, 7, "All good.")
    assert kept.more == dict.fromkeys(survey.items, 2)
    assert "<fieldset" not in browser.get(page_of(survey)).content.decode()


def test_it_says_that_a_person_takes_up_a_bad_answer(browser, survey):
    page = browser.post(page_of(survey, "survey_answer"), {"solved": "no"}, follow=True)
    assert "a person takes it up today" in page.content.decode()
    survey.complaint.contact.refresh_from_db()
    assert survey.complaint.contact.said_no


@pytest.mark.parametrize(
    "typed", [{}, {"words": "  "}, {"recovery": "8"}, {"recovery": "\0"}, {"solved": "maybe"}]
)
def test_it_keeps_what_was_typed_when_it_cannot_take_it(browser, survey, typed):
    got = browser.post(page_of(survey, "survey_answer"), typed | {"x": "y"})
    assert got.status_code == 422
    assert Survey.objects.get().answered_at is None


def test_it_needs_the_browser_s_own_key(survey):
    browser = Client(enforce_csrf_checks=True)
    for name in ("survey_answer", "survey_more"):
        assert browser.post(page_of(survey, name), {"solved": "no"}).status_code == 403


def test_it_is_closed_once_the_case_is_open_again(browser, survey, clock):
    survey.complaint.contact.customer_writes(text="Broken.", at=clock.forward(hours=1))
    got = browser.post(page_of(survey, "survey_answer"), {"solved": "yes"}, follow=True)
    assert "no longer open" in got.content.decode()
    assert Survey.objects.get().answered_at is None


@pytest.mark.parametrize("language", ["pl", "ru", "sk"])
def test_it_speaks_the_customer_s_language(browser, survey, language):
    contact = survey.complaint.contact
    contact.language = language
    contact.save(update_fields=["language"])
    html = browser.get(page_of(survey)).content.decode()
    assert "How was it for you?" not in html
    assert "How satisfied" not in html


def test_it_shows_nothing_internal(browser, survey, cast):
    survey.complaint.understand(by=cast.ana, at=survey.asked_at + timedelta(hours=1), fault="ours")
    html = browser.get(page_of(survey)).content.decode()
    for inside in (cast.ana.name, "skipped", "severity", "fault"):
        assert inside not in html
