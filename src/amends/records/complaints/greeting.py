"""How a reply begins before anything is written: the customer greeted as they are addressed."""

from amends.records.complaints.models import Contact
from amends.records.house.models import House


def greeting_for(contact: Contact, house: House | None = None) -> str:
    """Return the salutation in the customer's language, and room to write."""
    house = house or House.objects.current()
    language = contact.language or contact.customer.language or house.language
    return f"{contact.customer.salutation(language, manner=house.greets(language))}\n\n"
