"""A reply that is taken back is a draft again, with all that was typed and its files."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.records.answering.answer import Answer, take_back
from amends.records.complaints.models import Message
from amends.records.people.models import Person
from amends.records.writing.models import Draft


def take_back_to_draft(
    message: Message,
    typed: Callable[[Answer], Mapping[str, Any]],
    *,
    by: Person,
    at: datetime,
) -> Draft | None:
    """Undo the answer while the undo runs, and keep as a draft what it was made of.

    Raises TooLateToTakeBack.
    """
    with transaction.atomic():
        answer = take_back(message, by=by, at=at)
        fields = dict(typed(answer))
        begun = Draft.objects.of(by).filter(contact=message.contact, what=Draft.What.REPLY).first()
        if begun and begun.fields.get("text"):
            # A second reply was begun meanwhile: its words follow, none are lost.
            fields["text"] = f"{fields['text']}\n\n{begun.fields['text']}"
        return Draft.objects.keep(
            message.contact, Draft.What.REPLY, fields, by=by, at=at, files=answer.files
        )
