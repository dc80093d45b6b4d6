"""The strips of a page: what was said, and beside it what can still be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message as Said
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.records.complaints.models import Message
from amends.records.house.models import House


@dataclass(frozen=True)
class Undoable:
    text: str
    url: str = ""
    until: datetime | None = None
    done: str = ""


def strips_of(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Part the messages of the request: the frame shows the plain ones, the page the others."""
    plain: list[Said] = []
    undoable: list[Undoable] = []
    for said in messages.get_messages(request):
        tag, _sep, key = (said.extra_tags or "").partition(" ")
        if tag == "sent":
            undoable += _sent(str(said.message), now)
        elif tag == "told":
            undoable += _told(str(said.message), now)
        elif tag == "undo-saved":
            undo = reverse("desk:saved_reply_undo", args=[key])
            undoable.append(Undoable(str(said.message), undo))
        elif tag == "undo-verdict":
            undoable.append(Undoable(str(said.message), reverse("desk:verdict_undo", args=[key])))
        elif tag == "kept":
            undoable.append(Undoable(str(said.message), done=key))
        elif tag == "undo":
            undoable.append(Undoable(str(said.message), key))
        else:
            plain.append(said)
    return {"messages": plain, "undoable": undoable}


def _sent(key: str, now: datetime) -> list[Undoable]:
    message = Message.objects.filter(pk=key).select_related("outgoing", "contact__customer").first()
    if message is None or message.outgoing is None:
        return []
    contact = message.contact
    text = _("Sent to %(name)s.") % {"name": contact.customer.shown_name or message.to_address}
    if message.taken_back_at or message.outgoing.not_before <= now:
        return [Undoable(text)]
    undo = reverse("desk:reply_undo", args=[contact.reference, message.pk])
    return [Undoable(text, undo, message.outgoing.not_before)]


def _told(key: str, now: datetime) -> list[Undoable]:
    message = Message.objects.filter(pk=key, taken_back_at=None).select_related("contact").first()
    if message is None:
        return []
    undo = reverse("desk:telling_undo", args=[message.contact.reference, message.pk])
    if message.is_spoken:
        return [Undoable(_("The call is on record."), undo)]
    until = message.undo_ends_at(House.objects.current())
    text = _("The letter is on record and ready to print.")
    return [Undoable(text, undo, until) if until and until > now else Undoable(text)]
