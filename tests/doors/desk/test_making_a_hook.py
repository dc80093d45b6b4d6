"""The page of a webhook's address: made, renewed and ended by an administrator."""

from django.urls import reverse

from amends.ground.events.models import Event
from amends.records.post.models import Hook, Mailbox


def test_it_is_made_and_ended_on_the_page_by_an_administrator_only(seat, cast):
    mailbox = Mailbox.objects.get()
    page = reverse("desk:house_hook", args=[mailbox.pk])
    off = reverse("desk:house_hook_gone", args=[mailbox.pk])
    for who in ("ewa", "ana", "beata"):
        assert seat(who).post(page).status_code == 404
        assert seat(who).post(off).status_code == 404
    assert not Hook.objects.exists()
    jan = seat("jan")
    assert "No mail has come yet." in jan.post(page, follow=True).content.decode()
    token = Hook.objects.get().token
    assert token in jan.get(page).content.decode()
    assert token not in seat("ewa").get(page).content.decode()
    jan.post(off)
    assert not Hook.objects.exists()
    assert Event.objects.filter(verb="hook_set").count() == 2
