"""Who is calling: customers found by number, name, address or reference, as one types."""

from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from amends.records.complaints.models import Contact
from amends.records.customers.models import AccountNumber, Customer, EmailAddress, Phone
from amends.records.people.models import Person

MOST_SHOWN = 5
_FEWEST_DIGITS = 3
_FEWEST_LETTERS = 2
_LONGEST = 80


def customers_seen_by(person: Person) -> QuerySet[Customer]:
    """Narrow to customers of whom the person may see something."""
    seen = Contact.objects.visible_to(person).filter(customer=OuterRef("pk"))
    return Customer.objects.filter(Exists(seen))


def caller(person: Person, key: str) -> Customer | None:
    """Return the customer of that key, if the person may know them."""
    try:
        found = customers_seen_by(person).filter(pk=UUID(key))
    except ValueError:
        return None
    return _with_reach(found).first()


def callers(person: Person, words: str) -> list[Customer]:
    """Return the few customers who fit, whoever was heard last first; none for too little.

    Each has its addresses and phones with it, so the number of queries is always the same.
    """
    words = " ".join(words.replace("\0", "").split())[:_LONGEST]
    if len(words) < _FEWEST_LETTERS:
        return []
    found = customers_seen_by(person).filter(_fits(person, words))
    return list(_with_reach(found)[:MOST_SHOWN])


def _with_reach(found: QuerySet[Customer]) -> QuerySet[Customer]:
    """Add when they were last heard, which orders them, and how they are reached."""
    latest = found.annotate(heard_at=Max("contacts__received_at")).order_by("-heard_at", "id")
    return latest.prefetch_related(
        Prefetch("addresses", EmailAddress.objects.order_by("id")),
        Prefetch("phones", Phone.objects.order_by("id")),
    )


def _fits(person: Person, words: str) -> Q:
    named = Q()
    for word in words.split():
        named &= _has("name", word) | _has("company", word)
    by_address = EmailAddress.objects.filter(address__contains=words.lower())
    by_account = AccountNumber.objects.filter(number__iexact=words)
    by_reference = Contact.objects.visible_to(person).filter(reference__startswith=words.upper())
    fits = (
        named
        | Q(pk__in=by_address.values("customer"))
        | Q(pk__in=by_account.values("customer"))
        | Q(pk__in=by_reference.values("customer"))
    )
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= _FEWEST_DIGITS and not any(map(str.isalpha, words)):
        by_phone = Phone.objects.filter(digits__contains=digits.lstrip("0"))
        fits |= Q(pk__in=by_phone.values("customer"))
    return fits


def _has(field: str, word: str) -> Q:
    # SQLite folds the case of ASCII only, so each word is looked for in the ways it is written.
    ways = {word}
    if not word.isascii():
        ways |= {word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for way in sorted(ways):
        found |= Q(**{f"{field}__icontains": way})
    return found
