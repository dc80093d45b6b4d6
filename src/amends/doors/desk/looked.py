"""What the desk shows of customers is noted: who, what, when, from where, never a word of it."""

from django.http import HttpRequest

from amends.ground import clock
from amends.ground.rates import asker
from amends.records.complaints.models import Contact
from amends.records.customers.models import Customer
from amends.records.looking.batch import LOOKS
from amends.records.looking.models import Glance, Look, What
from amends.records.people.models import Person


def looked(
    request: HttpRequest, what: What, *, contact: Contact | None = None,
    customer: Customer | None = None, found: int = 0,
) -> None:  # fmt: skip
    """Note that the person looked; it is written a little later, with others."""
    LOOKS.add(_glance(request, what, contact, customer, found))


def turned_away(request: HttpRequest, reference: str) -> None:
    """Note that somebody asked for a case that is there, and not for them."""
    if "\0" in reference or not isinstance(request.user, Person):
        return
    contact = Contact.objects.filter(reference=reference.upper()).first()
    if contact and not Contact.objects.visible_to(request.user).filter(pk=contact.pk).exists():
        looked(request, What.TURNED_AWAY, contact=contact)


def taken(request: HttpRequest, *, customer: Customer | None = None, found: int = 0) -> Look:
    """Note that the person took an export: at once, as nobody may lose that."""
    return Look.objects.note(_glance(request, What.EXPORT, None, customer, found))


def _glance(
    request: HttpRequest, what: What, contact: Contact | None, customer: Customer | None, found: int
) -> Glance:
    person = request.user
    whose = contact.customer_id if contact else customer.pk if customer else None
    return Glance(
        what=what, at=clock.now(), person=person.pk if isinstance(person, Person) else None,
        from_address=asker(request), found=found, contact=contact.pk if contact else None,
        customer=whose, reference=contact.reference if contact else "",
    )  # fmt: skip
