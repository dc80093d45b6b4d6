"""Where a mailbox's mail is picked up: what the page takes, refuses and shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.ground import clock as ground_clock
from amends.ground.events.models import Event
from amends.records.post.models import Mailbox, Pickup
from amends.records.post.models.pickup import Trouble

MAIL = reverse("desk:house_mail")
TYPED = {
    "host": "imap.example.org", "port": "993", "security": "tls", "user": "help@house.example",
    "password": " secret one ", "folder": "INBOX", "done_folder": "Done",
    "failed_folder": "Not taken", "since_date": "2026-11-25",
}  # fmt: skip


@pytest.fixture
def jan(seat):
    return seat("jan")


@pytest.fixture
def page(cast):
    return reverse("desk:house_pickup", args=[Mailbox.objects.get().pk])


def test_it_keeps_the_password_sealed_and_never_shows_it(jan, page):
    assert jan.post(page, TYPED)["Location"] == page
    pickup = Pickup.objects.get()
    assert pickup.password() == " secret one "
    assert "secret one" not in pickup.password_sealed
    told = jan.get(page).content.decode() + jan.post(page, {**TYPED, "host": ""}).content.decode()
    assert "secret one" not in told
    event = Event.objects.get(verb="pickup_set")
    assert "secret" not in str(event.data)
    assert event.data["new"].endswith("imap.example.org")


def test_it_is_due_at_once_and_again_when_it_is_set_anew(jan, page, now):
    jan.post(page, TYPED)
    pickup = Pickup.objects.get()
    assert pickup.claim(ground_clock.now() + timedelta(seconds=1))
    pickup.fail(ground_clock.now(), Trouble.SIGN_IN, "no")
    jan.post(page, {**TYPED, "password": "secret two"})
    pickup.refresh_from_db()
    assert (pickup.password(), pickup.trouble, pickup.failures) == ("secret two", "", 0)
    assert pickup.due_at <= ground_clock.now()


def test_it_keeps_the_password_for_the_same_server_only(jan, page):
    jan.post(page, TYPED)
    assert jan.post(page, {**TYPED, "password": "", "folder": "Complaints"}).status_code == 302
    assert Pickup.objects.get().password() == " secret one "
    for other in (
        {"host": "evil.example.org"},
        {"port": "994"},
        {"user": "x"},
        {"security": "starttls"},
    ):
        refused = jan.post(page, {**TYPED, "password": "", **other})
        assert refused.status_code == 422
        assert set(refused.context["form"].errors) == {"password"}
    assert Pickup.objects.get().host == "imap.example.org"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"password": ""}, "password"), ({"host": "imap example"}, "host"),
        ({"host": "imap.example.org/x"}, "host"), ({"port": "0"}, "port"),
        ({"port": "70000"}, "port"), ({"security": "none"}, "security"),
        ({"security": "maybe"}, "security"), ({"user": "a\nb"}, "user"),
        ({"password": "a\r\nA1 DELETE INBOX"}, "password"), ({"folder": "*"}, "folder"),
        ({"done_folder": "INBOX"}, "done_folder"), ({"failed_folder": 'x"y'}, "failed_folder"),
        ({"since_date": "yesterday"}, "since_date"),
    ],
)  # fmt: skip
def test_it_takes_nothing_that_can_not_be(jan, page, typed, wrong):
    shown = jan.post(page, {**TYPED, **typed})
    assert shown.status_code == 422
    assert set(shown.context["form"].errors) == {wrong}
    assert not Pickup.objects.exists()


def test_it_speaks_in_the_open_with_this_machine_only(jan, page):
    assert jan.post(page, {**TYPED, "security": "none", "host": "127.0.0.1"}).status_code == 302


def test_it_offers_the_address_and_this_day(jan, page, clock):
    shown = jan.get(page).context["form"].initial
    assert shown["user"] == "help@house.example"
    assert shown["since_date"].isoformat() == "2026-11-25"


@pytest.mark.parametrize("trouble", Trouble.values)
def test_it_says_what_is_in_the_way_in_words(jan, page, trouble):
    jan.post(page, TYPED)
    pickup = Pickup.objects.get()
    pickup.claim(ground_clock.now())
    pickup.fail(ground_clock.now(), trouble, "NO <b>wrong</b>\r\nA2 OK")
    for place in (page, MAIL):
        shown = jan.get(place).content.decode()
        assert "Since:" in shown
        assert "Next try" in shown
        assert "NO &lt;b&gt;wrong&lt;/b&gt; A2 OK" in shown


def test_it_says_when_somebody_looked_last_and_what_lies_aside(jan, page):
    jan.post(page, TYPED)
    assert "Nobody has looked there yet." in jan.get(page).content.decode()
    pickup = Pickup.objects.get()
    pickup.claim(ground_clock.now())
    pickup.set_one_aside()
    pickup.look(ground_clock.now())
    shown = jan.get(MAIL).content.decode()
    assert "Last look" in shown
    assert "It lies in “Not taken”." in shown


def test_it_picks_up_nothing_any_more(jan, page):
    jan.post(page, TYPED)
    off = reverse("desk:house_pickup_gone", args=[Mailbox.objects.get().pk])
    assert jan.post(off)["Location"] == MAIL
    assert not Pickup.objects.exists()
    assert jan.post(off).status_code == 404
    assert Event.objects.filter(verb="pickup_set").count() == 2


def test_it_asks_no_more_for_more_mailboxes(jan, cast, page):
    jan.post(page, TYPED)
    with CaptureQueriesContext(
        connection,
    ) as few:
        jan.get(MAIL)
    for number in range(5):
        mailbox = Mailbox.objects.add(
            address=f"{number}@house.example", name="", team=cast.care, by=cast.jan,
            at=ground_clock.now(),
        )  # fmt: skip
        jan.post(reverse("desk:house_pickup", args=[mailbox.pk]), TYPED)
    with CaptureQueriesContext(connection) as many:
        jan.get(MAIL)
    assert len(many) == len(few)
