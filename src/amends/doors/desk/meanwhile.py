"""What lives on the page of a case: the message seen last, what is new, who is named."""

import uuid
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from amends.doors.desk.asking import DeskRequest
from amends.records.answering.meanwhile import said_since
from amends.records.complaints.models import Contact, Note
from amends.records.complaints.timeline import Entry
from amends.records.notices.models import Mention

_NOTHING = uuid.UUID(int=0)


def seen_in(data: QueryDict) -> uuid.UUID | None:
    """Return the message that the page had seen last; None for what is no key."""
    try:
        return uuid.UUID(data.get("seen", ""))
    except ValueError:
        return None


def meanwhile_of(request: DeskRequest, contact: Contact, timeline: list[Entry]) -> dict[str, Any]:
    """Return what the page of a case needs to live: its newest message, and what is new since."""
    keys = [entry.what.pk for entry in timeline if entry.kind == "message"]
    named = any(isinstance(entry.what, Note) and "@" in entry.what.text for entry in timeline)
    seen = seen_in(request.POST) if request.method == "POST" else None
    return {
        "seen": max(keys, default=_NOTHING),
        "meanwhile": said_since(contact, seen, by=request.user) if seen else [],
        "mentions": Mention.objects.in_notes_of(contact) if named else {},
        "pulse_url": reverse("desk:case_pulse", args=[contact.reference]),
    }
