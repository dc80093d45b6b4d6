"""What search finds of a contact: who, what, all that was said, and the notes."""

from uuid import UUID

from django_tasks import task

from amends.ground import search
from amends.ground.events.models import Event
from amends.records.complaints.models import Contact


def index_contact_of(event: Event) -> None:
    index_contact.using(run_after=event.at).enqueue(str(event.thread))


@task()
def index_contact(key: str) -> None:
    contact = Contact.objects.select_related("customer").filter(pk=UUID(key)).first()
    if contact is not None:
        search.put(contact.id, contact.last_message_at, words_of(contact), contact.language)


def words_of(contact: Contact) -> str:
    complaint = contact.complaint_or_none()
    customer = contact.customer
    parts = [contact.reference, contact.subject, customer.name, customer.company]
    parts += customer.addresses.values_list("address", flat=True)
    parts += customer.phones.values_list("number", flat=True)
    parts += customer.accounts.values_list("number", flat=True)
    parts += [complaint.goal, complaint.wish_words, complaint.story] if complaint else []
    parts += contact.messages.values_list("text", flat=True)
    parts += contact.notes.values_list("text", flat=True)
    return "\n".join(part for part in parts if part)
