"""Mail scanners open links: opening any page of the portal changes nothing in the house."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors.portal.urls import urlpatterns
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Contact

BUTTONS = {"message", "answer", "understood_answer"}
BEHIND_A_LINK = {"status", "understood", *BUTTONS}
BEHIND_A_LINK_WITH_A_KEY = {"file"}
FREE = {"tell", "told", "privacy_here"}
IN_A_LANGUAGE = {"privacy"}
# These have links of their own, and tests for them: test_the_survey.py.
SURVEY = {"survey", "survey_answer", "survey_more"}
AGENTS = ["Mozilla/5.0", "GoogleImageProxy", "Microsoft Office Outlook", ""]


def test_it_knows_every_address_of_the_portal():
    known = BEHIND_A_LINK | BEHIND_A_LINK_WITH_A_KEY | FREE | IN_A_LANGUAGE | SURVEY
    assert {pattern.name for pattern in urlpatterns} == known


@pytest.fixture
def tokens(answered, nobody, clock):
    fresh = token_for(answered)
    clock.forward(days=-70)
    old = token_for(answered)
    clock.forward(days=70)
    return {"fresh": fresh, "old": old, "cut": fresh[:-3], "nobody's": nobody}


@pytest.mark.parametrize("agent", AGENTS)
def test_it_changes_nothing_by_opening_a_page(answered, tokens, rows, agent):
    before = rows()
    state = Contact.objects.values().get(pk=answered.pk)
    browser = Client(headers={"user-agent": agent})
    for name in BEHIND_A_LINK:
        for token in tokens.values():
            where = reverse(f"portal:{name}", args=[token])
            for query in ("", "?solved=yes&words=fine&text=hello&solved=no"):
                answers = [browser.get(where + query), browser.head(where + query)]
                for answer in answers:
                    expected = {405} if name in BUTTONS else {200, 302, 404, 410, 405}
                    assert answer.status_code in expected, (name, query)
    for name in FREE:
        assert browser.get(reverse(f"portal:{name}") + "?text=hello").status_code in {200, 302}
    for name in IN_A_LANGUAGE:
        assert browser.get(reverse(f"portal:{name}", args=["pl"])).status_code == 200
    assert rows() == before
    assert Contact.objects.values().get(pk=answered.pk) == state


def test_it_takes_nothing_without_the_browser_s_own_key(answered, tokens, rows):
    before = rows()
    browser = Client(enforce_csrf_checks=True)
    for name, typed in (("message", {"text": "x"}), ("answer", {"solved": "yes"})):
        assert (
            browser.post(reverse(f"portal:{name}", args=[tokens["fresh"]]), typed).status_code
            == 403
        )
    assert browser.post("/", {"text": "x", "phone": "123456"}).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_it_answers_no_other_method(answered, tokens, rows, method):
    before = rows()
    for name in BEHIND_A_LINK:
        where = reverse(f"portal:{name}", args=[tokens["fresh"]])
        assert getattr(Client(), method)(where).status_code == 405, name
    assert rows() == before
