"""Coming in by an invitation: the link opens a page, the button lets in, once."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.records.joining.inviting import invite, take_back
from amends.records.people.models import Person


@pytest.fixture
def invitation(cast, clock):
    return invite(
        name="Nina Nowak", email="nina@house.example", language="pl", languages=["pl"],
        by=cast.jan, at=clock(),
    )  # fmt: skip


def link(invitation):
    return reverse("entry:invited", args=[invitation.token])


def test_it_opens_in_the_language_of_the_letter_and_changes_nothing(invitation):
    page = Client().get(link(invitation))
    assert (page.status_code, page["Cache-Control"].count("no-store")) == (200, 1)
    assert 'lang="pl"' in page.content.decode()
    assert "Nina Nowak" in page.content.decode()
    assert not Person.objects.get_queryset().filter(email="nina@house.example").exists()


def test_it_lets_in_with_a_password(invitation):
    client = Client()
    answer = client.post(link(invitation), {"password": "long enough 1"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:my_day"))
    assert client.get(reverse("desk:my_day")).status_code == 200
    again = Client().post(link(invitation), {"password": "somebody else 1"})
    assert again.status_code == 410
    assert Person.objects.get(email="nina@house.example").check_password("long enough 1")


@pytest.mark.parametrize("typed", [{"password": "short"}, {}, {"credential": "{}"}])
def test_it_says_what_is_wrong_and_keeps_the_invitation(invitation, typed):
    client = Client()
    assert client.post(link(invitation), typed).status_code == 422
    assert client.get(link(invitation)).status_code == 200


def test_it_lets_in_nobody_else_than_was_invited(invitation):
    typed = {"password": "long enough 1", "email": "evil@evil.example", "administers": "on"}
    Client().post(link(invitation), typed)
    nina = Person.objects.get(email="nina@house.example")
    assert not nina.administers
    assert not Person.objects.get_queryset().filter(email="evil@evil.example").exists()


def test_it_says_that_a_link_is_over(cast, invitation, clock):
    used = link(invitation)
    take_back(invitation, by=cast.jan, at=clock())
    for where in (
        used,
        reverse("entry:invited", args=["x"]),
        reverse("entry:invited", args=["a:b:c"]),
    ):
        for answer in (Client().get(where), Client().post(where, {"password": "long enough 1"})):
            assert answer.status_code == 410
    assert not Person.objects.get_queryset().filter(email="nina@house.example").exists()


def test_it_is_over_after_a_week(invitation, clock):
    clock.forward(days=7)
    assert Client().get(link(invitation)).status_code == 410
