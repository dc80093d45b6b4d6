"""What follows once words are said: they are no draft any more."""

from amends.ground.events.models import Event
from amends.records.writing.models import Draft

_WHAT = {
    "replied": Draft.What.REPLY,
    "note_written": Draft.What.NOTE,
    "called": Draft.What.CALL,
    "called_in_vain": Draft.What.CALL,
    "posted": Draft.What.LETTER,
}


def it_was_said(event: Event) -> None:
    Draft.objects.filter(
        contact=event.thread, person=event.actor_key, what=_WHAT[event.verb]
    ).delete()
