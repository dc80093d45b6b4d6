"""How a reply begins before anything is written: the customer greeted as they are addressed."""

from amends.records.complaints.models import Contact
from amends.records.house.models import House


def greeting_for(contact: Contact) -> str:
    """Return the salutation in the customer's language, and room to write."""
    language = contact.language or contact.customer.language or House.objects.current().language
    return f"{contact.customer.salutation(language)}\n\n"
