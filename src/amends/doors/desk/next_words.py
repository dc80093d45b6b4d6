"""What is next, said in words: the person's own, else those of the complaint's playbook."""

from amends.records.complaints.models import Contact
from amends.records.house.books import Books


def next_words(contact: Contact, books: Books, language: str) -> str:
    complaint = contact.complaint_or_none()
    book = books.book(complaint.playbook if complaint else "", language)
    return contact.next_text or book.next_texts.get(contact.next_key, "")
