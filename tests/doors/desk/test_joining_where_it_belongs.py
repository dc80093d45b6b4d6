"""What a stranger's mail may belong to, as the desk shows it, joins it and lets it be."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.complaints.intake import take_in
from amends.records.complaints.knowledge import read_letter
from amends.records.complaints.models import Belonging, Contact
from amends.records.post.models import RawMail

UNDO = re.compile(r'class="strip__close" action="([^"]+)"')


def strangers_mail(subject, at, number=0):
    raw = (
        f"From: Eve <b>Nowak</b> <eve{number}@elsewhere.example>\nTo: help@house.example\n"
        f"Subject: {subject}\n\nAbout my sister's bill.\n"
    ).encode()
    mail = RawMail.objects.keep(raw, source="lmtp", at=at, envelope_to=["help@house.example"])
    return take_in(mail, read_letter(raw), at=at).contact


@pytest.fixture
def stranger(complaint, now):
    return strangers_mail(f"Re: {complaint.contact.reference}", now)


@pytest.fixture
def offer(stranger):
    return Belonging.objects.get(contact=stranger)


def page_of(browser, to, contact):
    return browser.get(to("case", contact)).content.decode()


def test_it_offers_it_on_the_case_and_on_my_day(ana, to, stranger, complaint):
    page = page_of(ana, to, stranger)
    assert f'May belong to <a href="{to("case", complaint.contact)}">' in page
    assert "<b>eve0@elsewhere.example</b>, may write for this customer" in page
    assert "<b>Nowak" not in page
    assert "May belong to" in ana.get(reverse("desk:my_day")).content.decode()
    assert "May belong to" not in page_of(ana, to, complaint.contact)


def test_it_says_nothing_to_who_does_not_see_the_other_case(
    ana, to, stranger, offer, complaint, cast, clock
):
    complaint.contact.hand_to(team=cast.office, by=cast.ewa, at=clock())
    for page in (page_of(ana, to, stranger), ana.get(reverse("desk:my_day")).content.decode()):
        assert "May belong to" not in page
        assert to("case", complaint.contact) not in page
        assert "Olga" not in page
    assert ana.post(to("belonging", stranger), {"offer": str(offer.pk)}).status_code == 404
    page = ana.post(to("stands_alone", stranger), follow=True).content.decode()
    assert "Somebody has said already where this belongs." in page
    assert Belonging.objects.open().exists()


def test_it_joins_and_undoes_from_the_strip(ana, to, stranger, offer, complaint, cast):
    said = {"offer": str(offer.pk), "relation": "sister"}
    answer = ana.post(to("belonging", stranger), said, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == to("case", complaint.contact)
    assert "About my sister&#x27;s bill." in page
    assert cast.olga.representatives.get().relation == "sister"
    back = ana.post(UNDO.search(page).group(1), follow=True).content.decode()
    assert "Taken apart" in back
    assert "May belong to" in back
    assert not cast.olga.representatives.exists()
    assert Contact.objects.get(pk=stranger.pk).state == "open"


def test_it_stays_a_case_of_its_own(ana, to, stranger, complaint):
    page = ana.post(to("stands_alone", stranger), follow=True).content.decode()
    assert "A case of its own" in page
    assert "May belong to" not in page


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000001", "other"])
def test_it_joins_by_no_offer_of_another_contact(ana, to, stranger, complaint, now, key):
    other = strangers_mail(f"{complaint.contact.reference} again", now, 1)
    key = str(other.belongings.get().pk) if key == "other" else key
    ana.post(to("belonging", stranger), {"offer": key}, follow=True)
    assert not Contact.objects.filter(state="merged").exists()


def test_it_offers_quality_the_sight_and_no_act(seat, to, stranger, offer, complaint):
    beata = seat("beata")
    page = page_of(beata, to, stranger)
    assert "May belong to" in page
    assert to("belonging", stranger) not in page
    beata.post(to("belonging", stranger), {"offer": str(offer.pk)})
    assert Belonging.objects.open().exists()


def test_it_says_why_it_joins_nothing_to_a_closed_case(ana, to, cast, now):
    case = strangers_mail("Mine", now, 7)
    stranger = strangers_mail(case.reference, now)
    case.decide("nothing", by=cast.ana, at=now)
    said = {"offer": str(stranger.belongings.get().pk)}
    page = ana.post(to("belonging", stranger), said, follow=True).content.decode()
    assert "This case is closed." in page
    assert Contact.objects.get(pk=stranger.pk).state == "open"


def test_it_asks_as_often_for_many(ana, to, stranger, complaint, now):
    def asked():
        counts = []
        for where in (reverse("desk:my_day"), to("case", stranger)):
            with CaptureQueriesContext(connection) as seen:
                assert ana.get(where).status_code == 200
            counts.append(len(seen))
        return counts

    asked()
    few = asked()
    for number in range(1, 6):
        strangers_mail(f"Re: {complaint.contact.reference} {stranger.reference}", now, number)
    assert asked() == few
