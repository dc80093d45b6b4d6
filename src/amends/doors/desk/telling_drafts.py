"""What was typed of a call or a letter, as a draft keeps it: field by field, without the prefix."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from amends.doors.desk import editor
from amends.records.answering.answer import Answer
from amends.records.complaints.models import Message
from amends.records.writing.models import Draft

# How much of each, as much as its form takes; beside what the reply's form has as well.
_MORE = {
    Draft.What.CALL: {"reached": 200, "date": 20, "time": 20},
    Draft.What.LETTER: {"to": 254, "dispatched_date": 20, "tracking": 80},
}


def typed_telling(data: QueryDict, what: Draft.What) -> dict[str, Any]:
    """Return what the form has in it, as it was typed, right or wrong."""
    plain = QueryDict(mutable=True)
    for name, values in data.lists():
        plain.setlist(name.removeprefix(f"{what}-"), values)
    typed = editor.typed_reply(plain)
    for name, longest in _MORE[what].items():
        typed[name] = plain.get(name, "").replace("\0", "")[:longest]
    return typed


def retyped_telling(message: Message, answer: Answer) -> dict[str, Any]:
    """Return what would have to be typed to put this call or letter on record again."""
    typed = editor.retyped(answer)
    if message.dispatched_date:
        return typed | {
            "to": message.to_address, "tracking": message.tracking,
            "dispatched_date": message.dispatched_date.isoformat(),
        }  # fmt: skip
    typed["reached"] = message.reached
    if message.at != message.given_at:
        said_at = timezone.localtime(message.at)
        typed |= {"date": said_at.strftime("%Y-%m-%d"), "time": said_at.strftime("%H:%M")}
    return typed
