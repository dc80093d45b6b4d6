"""Whose form of address isn't known is greeted in the manner that the house has chosen."""

import pytest

from amends.records.complaints.greeting import greeting_for
from amends.records.customers.models import Customer
from amends.records.house import knowledge
from amends.records.writing.filling import values_of


@pytest.mark.parametrize(
    ("language", "manner", "said"),
    [
        ("en", "neutral", "Hello,"),
        ("en", "formal", "Dear Olga Nowak,"),
        ("en", "first_name", "Hello Olga,"),
        ("de", "first_name", "Hello Olga,"),
        ("ru", "formal", "Здравствуйте, Olga Nowak!"),
        ("ru", "first_name", "Здравствуйте, Olga!"),
        ("sk", "first_name", "Dobrý deň, Olga,"),
        # Pan and Pani need a form, and a first name its vocative.
        ("pl", "formal", "Dzień dobry,"),
        ("pl", "first_name", "Dzień dobry,"),
        ("sk", "formal", "Dobrý deň,"),
    ],
)
def test_it_greets_as_the_language_allows(language, manner, said):
    assert Customer(name="Olga Nowak").salutation(language, manner=manner) == said


@pytest.mark.parametrize("language", knowledge.LANGUAGES)
def test_it_greets_by_what_is_noted_where_something_is(language):
    customer = Customer(name="Olga Nowak", vocative="Olgo")
    for manner in knowledge.manners(language)[1:]:
        assert "Olgo" in customer.salutation(language, manner=manner)
    assert "Olgo" not in customer.salutation(language, manner="neutral")


@pytest.mark.parametrize("manner", ["neutral", "formal", "first_name"])
@pytest.mark.parametrize("form", ["neutral", "feminine", "masculine"])
def test_it_changes_nothing_for_whose_form_is_known(manner, form):
    customer = Customer(name="Olga Nowak", vocative="Olgo", form=form)
    known = customer.salutation("pl", manner="neutral")
    assert customer.salutation("pl", manner=manner) == known


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "olga@customer.example", "info", "Support Team", "ACME", "Sklep u Oli", "Mr Baker",
        "Firma 24", "Nowak, Olga", "{vocative}", "Olga <b>", "A B C D E", "Dr. Nowak", "\u202eaglO",
        "Biuro Obsługi", "ООО Ромашка",
    ],
)  # fmt: skip
@pytest.mark.parametrize("manner", ["formal", "first_name"])
def test_it_greets_neutrally_what_is_no_name_of_a_person(name, manner):
    for language in knowledge.LANGUAGES:
        customer = Customer(name=name)
        neutral = customer.salutation(language, manner="neutral")
        assert customer.salutation(language, manner=manner) == neutral


@pytest.mark.parametrize("name", ["Olga", "Anna-Maria O’Neil", "Žofia Ďurišová", "Ольга Новикова"])
def test_it_knows_a_name_of_a_person(name):
    first = name.split()[0]
    assert Customer(name=name).salutation("en", manner="first_name") == f"Hello {first},"


def test_it_greets_a_business_neutrally():
    customer = Customer(name="Olga Nowak", kind=Customer.Kind.BUSINESS)
    assert customer.salutation("en", manner="first_name") == "Hello,"


def test_it_needs_two_names_for_a_full_one():
    assert Customer(name="Olga").salutation("en", manner="formal") == "Hello,"


def test_replies_and_saved_replies_greet_as_the_house_has_set(cast, complaint, now):
    contact = complaint.contact
    assert greeting_for(contact) == "Hello,\n\n"
    cast.house.set(greeting_en="first_name", by=cast.ewa, at=now)
    assert greeting_for(contact) == "Hello Olga,\n\n"
    assert values_of(contact, "en", by=cast.ana)["salutation"] == "Hello Olga,"
    assert values_of(contact, "sk", by=cast.ana)["salutation"] == "Dobrý deň,"


def test_the_acknowledgement_greets_as_the_house_has_set(cast, receive, now):
    from amends.records.post.models import Outgoing

    cast.house.set(greeting_en="first_name", by=cast.ewa, at=now)
    receive("The screen is dark.")
    assert Outgoing.objects.get().body.startswith("Hello Olga,")
