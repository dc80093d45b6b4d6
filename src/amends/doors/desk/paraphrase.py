"""Did we understand? When to offer to ask, what to propose, and what came of it."""

from typing import Any

from django.http import HttpRequest

from amends.records.complaints.models import Complaint, Contact, Paraphrase
from amends.records.complaints.paraphrasing import proposal_for

# In the address of a case it opens the reply with the proposal in it, with scripts off as well.
ASKED_FOR = "understood"


def asked_of(complaint: Complaint | None) -> Paraphrase | None:
    return getattr(complaint, "paraphrase", None) if complaint else None


def paraphrase_of(contact: Contact) -> dict[str, Any]:
    """Say what was understood and asked, and whether to offer to ask."""
    complaint = contact.complaint_or_none()
    asked = asked_of(complaint)
    calls = complaint is not None and complaint.calls_for_paraphrase
    return {
        "paraphrase": asked,
        "offers_paraphrase": calls and asked is None and not contact.is_closed,
    }


def proposed_in(request: HttpRequest, contact: Contact) -> str:
    """Return the text that the reply begins with, where the address asks for it."""
    complaint = contact.complaint_or_none()
    if ASKED_FOR not in request.GET or complaint is None or asked_of(complaint):
        return ""
    return proposal_for(complaint)
