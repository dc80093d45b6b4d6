"""The page of invitations: for who leads or administers; a lead gives no more than a lead has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.joining.inviting import invite
from amends.records.joining.models import Invitation
from amends.records.post.models import Outgoing

PAGE = reverse("desk:invitations")
NINA = {
    "name": "Nina Nowak", "email": "nina@house.example", "roles": ["handles", "leads"],
    "languages": ["pl"], "language": "pl",
}  # fmt: skip


def verb(name, invitation):
    return reverse(f"desk:invitation_{name}", args=[invitation.pk])


def text(page):
    return page.content.decode()


def invited(by, clock, number=1, **more):
    return invite(
        name=f"Nina {number}", email=f"nina{number}@house.example", language="pl", languages=[],
        by=by, at=clock(), **more,
    )  # fmt: skip


def test_it_sends_an_invitation(seat, cast):
    jan = seat("jan")
    answer = jan.post(PAGE, NINA, follow=True)
    assert "A letter is on its way to Nina Nowak." in text(answer)
    made = Invitation.objects.get()
    assert (made.leads, made.administers, made.languages, made.invited_by) == (
        True, False, ["pl"], cast.jan,
    )  # fmt: skip
    assert Outgoing.objects.get().to_address == "nina@house.example"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "ana@house.example"}, "has this address already"), ({"email": "nina"}, "field__error"),
        ({"roles": []}, "Choose one at least."), ({"roles": ["king"]}, "field__error"),
        ({"name": ""}, "field__error"), ({"language": "de"}, "field__error"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_keeps_the_rest(seat, typed, said):
    shown = seat("jan").post(PAGE, {**NINA, **typed})
    assert shown.status_code == 422
    assert said in text(shown)
    assert typed.get("name", "Nina Nowak") in text(shown)
    assert not Invitation.objects.exists()


def test_it_invites_nobody_twice(seat):
    jan = seat("jan")
    jan.post(PAGE, NINA)
    assert "An invitation to this address is open." in text(jan.post(PAGE, NINA))
    assert Invitation.objects.count() == 1


def test_it_lets_a_lead_make_no_administrator(seat, cast, clock):
    ewa = seat("ewa")
    assert 'value="administers"' not in text(ewa.get(PAGE))
    assert ewa.post(PAGE, {**NINA, "roles": ["administers"]}).status_code == 422
    assert ewa.post(PAGE, NINA).status_code == 302
    of_jan = invited(cast.jan, clock, administers=True)
    for name in ("again", "back"):
        assert ewa.post(verb(name, of_jan)).status_code == 404
    assert Outgoing.objects.on(of_jan.pk).count() == 1


def test_it_sends_again_and_takes_back(seat, cast, clock):
    invitation = invited(cast.jan, clock)
    jan = seat("jan")
    jan.post(verb("again", invitation))
    assert Outgoing.objects.on(invitation.pk).count() == 2
    assert "Nina 1" not in text(jan.post(verb("back", invitation), follow=True))
    over = jan.post(verb("again", invitation), follow=True)
    assert "This invitation is over" in text(over)
    assert Outgoing.objects.on(invitation.pk).count() == 2


def test_it_says_that_a_letter_was_not_delivered_and_that_one_has_expired(seat, cast, clock):
    refused, old = invited(cast.jan, clock), invited(cast.jan, clock, 2)
    mail = Outgoing.objects.on(refused.pk).get()
    mail.refuse(mail.claim(clock()), clock(), "550 no such <user>")
    page = text(seat("jan").get(PAGE))
    assert "not delivered" in page
    assert "550 no such &lt;user&gt;" in page
    assert "expired" not in page
    clock.forward(days=8)
    assert "expired" in text(seat("jan").get(PAGE))
    assert old.email in text(seat("jan").get(PAGE))


@pytest.mark.parametrize("who", ["ana", "beata", "petra"])
def test_it_is_not_there_for_others(seat, cast, clock, who):
    invitation = invited(cast.jan, clock)
    client = seat(who)
    for answer in (
        client.get(PAGE),
        client.post(PAGE, NINA),
        client.post(verb("back", invitation)),
    ):
        assert answer.status_code == 404
    assert Invitation.objects.open().get() == invitation


def test_it_asks_the_database_as_often_for_many(seat, cast, clock):
    jan = seat("jan")

    def count():
        with CaptureQueriesContext(connection) as seen:
            jan.get(PAGE)
        return len(seen)

    invited(cast.jan, clock, 0)
    few = count()
    for number in range(1, 12):
        invited(cast.jan, clock, number)
    assert count() == few


def test_it_asks_everybody_for_a_second_factor_when_an_administrator_says_so(seat, cast):
    where = reverse("desk:second_factor")
    for who, status in (("ana", 404), ("ewa", 404), ("jan", 302)):
        assert seat(who).post(where, {"on": "1"}).status_code == status
        cast.house.refresh_from_db()
        assert cast.house.second_factor is (who == "jan")
