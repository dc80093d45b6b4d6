"""Hear: what is told is taken down, whoever it is, and nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.complaints.models import Contact
from amends.records.customers.models import Customer

TEXT = "The parcel came open and the phone was gone."


def keep(client, **typed):
    given = {"text": TEXT, "channel": "phone", "kind": "complaint"} | typed
    return client.post(reverse("desk:told"), given)


def kept(client, **typed):
    before = set(Contact.objects.values_list("pk", flat=True))
    answer = keep(client, **typed)
    assert answer.status_code == 302, re.findall(
        r"field__error.*?<span>(.*?)</span>", answer.content.decode()
    )
    return Contact.objects.exclude(pk__in=before).get()


def found(client, words, **more):
    return client.get(reverse("desk:callers"), {"q": words, **more}).content.decode()


def test_it_is_one_box_and_three_ways(ana):
    page = ana.get(reverse("desk:hear")).content.decode()
    assert 'name="text" maxlength="50000" data-grow autofocus' in page
    assert re.findall(r'name="channel" value="(\w+)"( checked)?', page) == [
        ("phone", " checked"), ("counter", ""), ("letter", ""),
    ]  # fmt: skip


def test_it_opens_a_complaint_that_who_listened_holds(ana, cast, clock):
    contact = kept(ana, name="Eva Malá", phone="+421 900 123 456", wish="the money")
    assert (contact.kind, contact.channel, contact.person) == ("complaint", "phone", cast.ana)
    assert (contact.complaint.story, contact.complaint.wish_words) == (TEXT, "the money")
    assert contact.received_at == clock()
    assert contact.customer.name == "Eva Malá"
    page = ana.get(reverse("desk:case", args=[contact.reference])).content.decode()
    assert 'data-draft-done="hear"' in page


def test_it_needs_the_words_alone(ana):
    assert kept(ana).customer.name == ""


def test_it_splits_the_points_by_line(ana):
    contact = kept(ana, points="- the parcel was open\n\n  the phone is gone  \n")
    points = contact.complaint.points.order_by("position").values_list("text", flat=True)
    assert list(points) == ["the parcel was open", "the phone is gone"]


def test_it_takes_a_question_without_points(ana):
    contact = kept(ana, kind="question", points="one", wish="two")
    assert contact.kind == "question"
    assert contact.complaint_or_none() is None


def test_it_closes_what_was_solved_on_the_spot(ana):
    contact = kept(ana, channel="counter", solved_how="Handed over a new one.")
    assert contact.outcome == "on_the_spot"
    assert contact.closings.get().why == "Handed over a new one."


def test_it_answers_a_question_on_the_spot(ana):
    contact = kept(ana, kind="question", solved_how="Said that we open at nine.", name="Eva")
    assert contact.is_closed
    answer = contact.messages.get(direction="out")
    assert (answer.channel, answer.reached) == ("phone", "Eva")


def test_it_solves_no_letter_on_the_spot(ana):
    answer = keep(ana, channel="letter", solved_how="Somehow.")
    assert answer.status_code == 422
    assert "on the phone or at the counter" in answer.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("speaks", "text", "language"),
    [
        ("", "Na rachunku jest 200 zł za coś, co miało być za darmo.", "pl"),
        ("ru", "Na rachunku jest 200 zł za coś, co miało być za darmo.", "ru"),
    ],
)
def test_it_hears_the_language_unless_it_is_told(ana, speaks, text, language):
    assert kept(ana, text=text, speaks=speaks).language == language


def test_it_keeps_who_was_chosen(ana, cast, contact):
    new = kept(ana, customer=str(cast.olga.pk), name="Olga Nowak", phone="600 100 200")
    assert new.customer == cast.olga
    assert cast.olga.phones.get().number == "600 100 200"


def test_it_gives_an_address_to_whom_we_have_none_of(ana, cast, contact):
    cast.olga.addresses.all().delete()
    kept(ana, customer=str(cast.olga.pk), address="olga@new.example")
    assert cast.olga.addresses.get().address == "olga@new.example"


def test_it_gives_no_second_address_and_none_of_another(ana, cast, contact):
    answer = keep(ana, customer=str(cast.olga.pk), address="eve@else.example")
    assert "another mail address on file" in answer.content.decode()
    Customer.objects.welcome(name="Eve", address="eve@else.example")
    cast.olga.addresses.all().delete()
    answer = keep(ana, customer=str(cast.olga.pk), address="eve@else.example")
    assert "belongs to another customer" in answer.content.decode()
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("key", ["00000000-0000-7000-8000-000000000000", "x", "'--", "a\0b"])
def test_it_knows_no_customer_by_another_key(ana, key):
    answer = keep(ana, customer=key)
    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_it_takes_down_who_tells_it_for_somebody(ana):
    contact = kept(
        ana, name="Zofia Mazur", teller_name="Anna Mazur", teller_relation="daughter",
        teller_reach="Anna@customer.example",
    )  # fmt: skip
    speaker = contact.customer.representatives.get()
    assert (speaker.name, speaker.relation) == ("Anna Mazur", "daughter")
    assert contact.messages.get(direction="in").from_name == "Anna Mazur"
    assert contact.address_of_customer() == "anna@customer.example"


def test_it_takes_a_number_of_who_tells_it(ana):
    contact = kept(ana, teller_name="Anna", teller_reach="+48 600 200 300", acknowledge="on")
    assert contact.customer.representatives.get().phone == "+48 600 200 300"
    assert not contact.messages.filter(direction="out").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": " "}, "This field is required."),
        ({"address": "no address"}, "Enter a valid email address."),
        ({"channel": "pigeon"}, "Select a valid choice."),
        ({"teller_name": "Anna"}, "Say how they are reached."),
        ({"teller_relation": "son", "teller_reach": "600 100 200"}, "Say who told it."),
        ({"teller_name": "Anna", "teller_reach": "a@b"}, "Enter a valid email address."),
        ({"teller_name": "Anna", "teller_reach": "knock"}, "an e-mail address or a phone number"),
    ],
)
def test_it_says_what_is_missing_and_keeps_the_rest(ana, typed, sentence):
    answer = keep(ana, **{"wish": "the money", "points": "one\ntwo"} | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "hear--all" in page
    assert 'value="the money"' in page
    assert TEXT in page or "text" in typed
    assert not Contact.objects.exists()


def test_it_writes_by_mail_what_was_noted_if_that_is_wanted(ana):
    address = "eva@customer.example"
    contact = kept(ana, address=address, acknowledge="on")
    sent = contact.messages.get(direction="out")
    assert sent.purpose == "acknowledgement"
    assert f"> {TEXT}" in sent.text
    other = kept(ana, address="iva@customer.example")
    assert not other.messages.filter(direction="out").exists()


def test_it_goes_to_the_closed_team_that_has_the_customer_s_case(ana, cast, contact, clock):
    contact.decide("complaint", by=cast.ana, at=clock())
    contact.hand_to(by=cast.ewa, at=clock(), team=cast.office)
    new = kept(ana, address="olga@customer.example")
    assert new.team == cast.office
    assert new.person is None
    page = ana.get(reverse("desk:my_day")).content.decode()
    assert "given to the team that has an open case" in page
    assert new.reference not in page


@pytest.mark.parametrize(
    "words", ["nowak", "OLGA", "olga now", "olga@cust", "+48 600", "600100", "0600 100"]
)
def test_it_finds_a_customer_as_one_types(ana, cast, contact, words):
    cast.olga.add_phone("+48 600 100 200")
    page = found(ana, words)
    assert str(cast.olga.pk) in page
    assert 'data-address="olga@customer.example"' in page


def test_it_finds_by_reference_and_account(ana, cast, contact):
    cast.olga.accounts.create(number="PL-77")
    assert str(cast.olga.pk) in found(ana, contact.reference.lower())
    assert str(cast.olga.pk) in found(ana, "pl-77")


def test_it_finds_other_letters_in_any_case(ana, cast, contact):
    Customer.objects.filter(pk=cast.olga.pk).update(name="Łucja Żółć")
    assert str(cast.olga.pk) in found(ana, "łucja")
    Customer.objects.filter(pk=cast.olga.pk).update(name="Нина Орлова")
    assert str(cast.olga.pk) in found(ana, "нина ОРЛ")


@pytest.mark.parametrize(
    "words", ["", "o", "%", "_", "xyz", "nowak olga x", "a\0", "'" * 300, "12"]
)
def test_it_finds_nobody_for_too_little_or_what_fits_nobody(ana, cast, contact, words):
    assert str(cast.olga.pk) not in found(ana, words)


def test_it_finds_nobody_of_whom_one_may_see_nothing(ana, seat, cast, contact, clock):
    contact.hand_to(by=cast.ewa, at=clock(), team=cast.office)
    for words in ("nowak", "olga@customer", contact.reference):
        assert str(cast.olga.pk) not in found(ana, words)
    assert str(cast.olga.pk) not in found(ana, "x", customer=str(cast.olga.pk))
    assert keep(ana, customer=str(cast.olga.pk)).status_code == 422
    assert str(cast.olga.pk) in found(seat("petra"), "nowak")


def test_it_shows_five_at_the_most_in_as_many_queries(ana):
    def count():
        with CaptureQueriesContext(connection) as seen:
            page = found(ana, "Kowal")
        return len(seen), page.count("data-address")

    for number in range(2):
        kept(ana, name=f"Jan Kowal {number}", phone=f"+48 600 100 20{number}")
    few = count()
    for number in range(2, 9):
        kept(ana, name=f"Jan Kowal {number}", phone=f"+48 600 100 20{number}")
    assert few[1] == 2
    assert count() == (few[0], 5)


def test_it_keeps_the_chosen_among_the_found(ana, cast, contact):
    for number in range(6):
        kept(ana, name=f"Jan Kowal {number}")
    page = found(ana, "Kowal", customer=str(cast.olga.pk))
    assert page.count("data-address") == 5
    assert f'value="{cast.olga.pk}" checked' in page


def test_it_finds_by_a_button_with_scripts_off(ana, cast, contact):
    answer = keep(ana, q="nowak", find="yes", wish="the money", channel="counter")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert str(cast.olga.pk) in page
    assert TEXT in page
    assert 'value="the money"' in page
    assert 'value="counter" checked' in page
    assert "field__error" not in page
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("ewa", 200), ("beata", 404), ("jan", 404)]
)
def test_it_is_for_who_answers(seat, who, status):
    client = seat(who)
    assert client.get(reverse("desk:hear")).status_code == status
    assert client.get(reverse("desk:callers"), {"q": "nowak"}).status_code == status
    assert (keep(client).status_code == 404) is (status == 404)
    place = client.get(reverse("desk:my_day"), follow=True).content.decode()
    assert (f'href="{reverse("desk:hear")}"' in place) is (status == 200)


def test_it_comes_back_to_its_page_when_the_language_is_changed_after_a_refusal(ana):
    page = keep(ana, text="").content.decode()
    assert f'name="next" value="{reverse("desk:hear")}"' in page
