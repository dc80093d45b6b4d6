"""The palette finds what one may see: by reference, by words, and one's own views."""

from django.urls import reverse

from amends.records.complaints.indexing import index_contact


def found(client, words=""):
    return client.get(reverse("desk:palette"), {"q": words}).json()["found"]


def test_it_offers_the_views_before_anything_is_typed(ana):
    assert [item["name"] for item in found(ana)][:2] == ["Open", "Mine"]


def test_it_finds_a_case_by_its_words_and_its_reference(ana, complaint):
    index_contact.func(str(complaint.contact_id))
    for words in ("billed", complaint.reference.lower()):
        (case,) = [item for item in found(ana, words) if item["kind"] == "case"]
        assert case["name"] == "Billed 200"
        assert "Olga Nowak" in case["more"]
        assert ana.get(case["url"]).status_code == 200


def test_it_finds_nothing_that_one_may_not_see(ana, seat, cast, now, complaint):
    index_contact.func(str(complaint.contact_id))
    complaint.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    for words in ("billed", complaint.reference):
        assert not [item for item in found(ana, words) if item["kind"] == "case"]
        assert [item for item in found(seat("beata"), words) if item["kind"] == "case"]


def test_it_is_not_upset_by_what_is_typed(ana, contact):
    for words in ("\0", "x" * 5000, '"', "* OR *", "%", "'; drop table"):
        assert not [item for item in found(ana, words) if item["kind"] == "case"]
