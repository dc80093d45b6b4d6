"""An answer that is taken back is a draft again, with all that was typed and its files."""

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
    """Undo the answer while that can be, and keep as a draft what it was made of.

    Raises TooLateToTakeBack, or StaysOnRecord of a call or a letter.
    """
    what = _what(message)
    with transaction.atomic():
        answer = take_back(message, by=by, at=at)
        fields = dict(typed(answer))
        begun = Draft.objects.of(by).filter(contact=message.contact, what=what).first()
        if begun and begun.fields.get("text"):
            # A second one was begun meanwhile: its words follow, none are lost.
            fields["text"] = f"{fields['text']}\n\n{begun.fields['text']}"
        return Draft.objects.keep(message.contact, what, fields, by=by, at=at, files=answer.files)


def _what(message: Message) -> Draft.What:
    if message.noted_at is None:
        return Draft.What.REPLY
    return Draft.What.CALL if message.is_spoken else Draft.What.LETTER
