"""What is next, said in words: the person's own, else the playbook's."""

from amends.records.complaints.knowledge import playbook
from amends.records.complaints.models import Contact


def next_words(contact: Contact, language: str) -> str:
    return contact.next_text or playbook(language).next_texts.get(contact.next_key, "")
