"""What is shown when a page breaks, drawn without a house, a person or a request."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils.translation import gettext, override

pytestmark = pytest.mark.django_db


def _break(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("tried on purpose")


urlpatterns = [path("", _break)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
def test_a_page_that_breaks_says_so_in_a_whole_page(language):
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    answered = client.get("/")
    assert answered.status_code == 500
    with override(language):
        assert gettext("Something broke on our side.") in answered.content.decode()
    assert "tried on purpose" not in answered.content.decode()
