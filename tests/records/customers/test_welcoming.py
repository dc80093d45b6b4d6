import pytest
from django.db import IntegrityError, transaction

from amends.records.customers.models import Customer, EmailAddress, Phone, Representative
from amends.records.customers.models.customer import AddressTaken


def test_it_knows_a_customer_by_an_address_in_any_case(cast):
    assert Customer.objects.welcome(name="X", address=" OLGA@customer.example ") == cast.olga


def test_it_knows_a_customer_by_a_number_however_it_is_written(cast):
    cast.olga.add_phone("+48 600-100-200")
    assert (
        Customer.objects.welcome(name="X", phone="+48 (600) 100 200", trust_phone=True) == cast.olga
    )


def test_it_takes_a_new_customer_in_with_how_to_reach_them(cast):
    new = Customer.objects.welcome(
        name=" Nina ", address="Nina@x.example", phone="1 2", language="sk"
    )
    assert (new.name, new.language) == ("Nina", "sk")
    assert new.addresses.get().address == "nina@x.example"
    assert new.phones.get().digits == "12"


def test_it_makes_a_new_customer_of_each_who_leaves_no_trace(cast):
    assert Customer.objects.welcome(name="") != Customer.objects.welcome(name="")


def test_it_gives_nobody_the_address_of_another(cast):
    eve = Customer.objects.welcome(name="Eve", address="eve@x.example")
    with pytest.raises(AddressTaken) as taken:
        eve.add_address("olga@customer.example")
    assert taken.value.by == cast.olga
    assert EmailAddress.objects.get(address="olga@customer.example").customer == cast.olga


def test_it_leaves_no_second_customer_behind_when_two_readers_welcome_one(cast, monkeypatch):
    queryset = type(Customer.objects.all())
    monkeypatch.setattr(queryset, "with_address", lambda *_arguments: None)
    assert Customer.objects.welcome(name="Olga", address="olga@customer.example") == cast.olga
    assert Customer.objects.count() == 1


def test_it_notes_a_representative_once(cast):
    for relation in ("friend", "lawyer"):
        cast.olga.represent_by(name="L", address=" L@Office.example", relation=relation)
    noted = Representative.objects.get()
    assert (noted.address, noted.relation) == ("l@office.example", "lawyer")


def test_it_is_greeted_neutrally_until_somebody_says_how(cast):
    assert cast.olga.salutation("pl", manner="neutral") == "Dzień dobry,"
    cast.olga.address_as(form="feminine", vocative="Olgo")
    assert cast.olga.salutation("pl", manner="first_name") == "Dzień dobry, Pani Olgo,"
    assert Customer.objects.get().form == "feminine"
    with pytest.raises(ValueError, match="queen"):
        cast.olga.address_as(form="queen", vocative="")


def test_it_keeps_addresses_comparable_in_the_database(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(customer=cast.olga, address="Big@x.example")
    for address in ("Big@x.example", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Representative.objects.create(customer=cast.olga, name="x", address=address)
    cast.olga.add_phone("12")
    with pytest.raises(IntegrityError), transaction.atomic():
        Phone.objects.create(customer=cast.olga, number="1-2", digits="12")
