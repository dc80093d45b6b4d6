"""What we understood, as the customer sees it, and their answer. Nothing internal is in it."""

from dataclasses import dataclass

from amends.records.complaints.models import Contact, Paraphrase
from amends.records.complaints.passages import Passage


@dataclass(frozen=True)
class Understood:
    passages: tuple[Passage, ...]
    waits: bool
    right: bool
    correction: str


def paraphrase_of(contact: Contact) -> Paraphrase | None:
    """Return what the customer was asked in this case; None as long as the undo of it runs."""
    complaint = contact.complaint_or_none()
    if complaint is None:
        return None
    asked = Paraphrase.objects.said().filter(complaint=complaint)
    return asked.select_related("complaint__contact__customer").first()


def understood_of(paraphrase: Paraphrase) -> Understood:
    return Understood(
        passages=tuple(paraphrase.passages),
        waits=paraphrase.answered_at is None,
        right=bool(paraphrase.right),
        correction=paraphrase.correction,
    )
