"""Each address of the entry stands in a line here, with what it answers to a stranger."""

import pytest
from django.test import Client

from amends.doors.entry.urls import urlpatterns

# In a house that has people and is not set up: the status by GET and by POST.
ADDRESSES = {
    "setup": (302, 302), "question": (302, 302), "ready": (302, 405), "send": (405, 302),
    "trials": (302, 405), "finish": (405, 302), "invited": (410, 410), "password": (200, 422),
    "new_password": (410, 410), "own_password": (302, 302), "elsewhere": (405, 302),
    "logo": (404, 405), "later": (302, 302),
}  # fmt: skip
KEYS = {"<int:number>": "1", "<str:token>": "x", "<str:key>": "logo", "<str:digest>": "0" * 64}


def where(entry):
    path = f"/{entry.pattern}"
    for part, key in KEYS.items():
        path = path.replace(part, key)
    return path


def test_it_knows_every_address():
    assert {entry.name for entry in urlpatterns} == set(ADDRESSES)


@pytest.mark.parametrize("entry", urlpatterns, ids=lambda entry: entry.name)
def test_it_answers_strangers_as_its_line_says(cast, clock, entry):
    client = Client()
    answers = (client.get(where(entry)).status_code, client.post(where(entry)).status_code)
    assert answers == ADDRESSES[entry.name]


@pytest.mark.parametrize("entry", urlpatterns, ids=lambda entry: entry.name)
def test_it_takes_nothing_without_the_browser_s_own_key(cast, clock, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.jan)
    assert client.post(where(entry)).status_code in {403, 405}
