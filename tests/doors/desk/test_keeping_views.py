"""Views of Cases: an address under a name, one's own or everybody's."""

import pytest
from django.urls import reverse

from amends.records.people.models import SavedView


def keep(client, name="Slovak, late", query="only=late&language=sk", **more):
    return client.post(reverse("desk:saved_views"), {"name": name, "query": query, **more})


def listed(client, query=""):
    return client.get(reverse("desk:cases") + query).content.decode()


def test_it_keeps_what_the_list_is_narrowed_to(ana):
    answer = keep(ana)
    assert answer["Location"] == reverse("desk:cases") + "?language=sk&only=late"
    page = listed(ana, "?only=late&language=sk")
    assert 'href="/desk/cases/?language=sk&amp;only=late" aria-current="page">Slovak, late' in page
    assert "Keep this view" not in page


def test_it_offers_to_keep_only_what_is_narrowed(ana):
    assert "Keep this view" not in listed(ana)
    assert "Keep this view" not in listed(ana, "?hands=me")
    assert "Keep this view" in listed(ana, "?hands=me&language=sk")


def test_it_takes_a_new_list_under_an_old_name(ana, cast):
    keep(ana)
    keep(ana, query="language=pl")
    assert SavedView.objects.get(person=cast.ana).query == "language=pl"


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "  "},
        {"query": ""},
        {"query": "nonsense=1"},
        {"name": "x" * 81},
        {"query": "next=https://evil.example&page=9"},
    ],
)
def test_it_keeps_nothing_without_a_name_and_a_list(ana, typed):
    answer = keep(ana, **typed)
    assert answer["Location"].startswith(reverse("desk:cases"))
    assert not SavedView.objects.exists()


def test_it_goes_nowhere_else_than_to_the_list(ana):
    answer = keep(ana, query="language=sk&state=https://evil.example")
    assert answer["Location"] == reverse("desk:cases") + "?language=sk"


def test_it_shows_one_s_own_to_nobody_else(ana, seat):
    keep(ana)
    assert "Slovak, late" not in listed(seat("marek"))
    view = SavedView.objects.get()
    for who, status in (("marek", 404), ("beata", 404), ("ewa", 404), ("ana", 302)):
        forget = seat(who).post(reverse("desk:saved_view_forget", args=[view.pk]))
        assert forget.status_code == status, who
    assert not SavedView.objects.exists()


def test_it_lets_only_a_lead_share(ana, seat):
    keep(ana, shared="on")
    assert not SavedView.objects.get().shared
    keep(seat("ewa"), name="For all", shared="on")
    assert "For all" in listed(seat("marek"))
    shared = SavedView.objects.get(shared=True)
    assert (
        seat("marek").post(reverse("desk:saved_view_forget", args=[shared.pk])).status_code == 404
    )


def test_it_keeps_thirty_and_says_so(ana, cast):
    for number in range(31):
        answer = keep(ana, name=f"View {number}")
    assert SavedView.objects.filter(person=cast.ana).count() == 30
    assert "as many views as fit" in ana.get(answer["Location"]).content.decode()


def test_it_shows_a_name_as_a_name(ana):
    keep(ana, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in listed(ana)
