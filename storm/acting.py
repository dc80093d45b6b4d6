"""Somebody at work until killed: decides what came in, and answers it, each with words of its own.

python -m storm.acting
"""

import itertools
import time
import uuid

import django

django.setup()

from django.db import OperationalError  # noqa: E402

from amends.ground import clock  # noqa: E402
from amends.records.answering.answer import Answer, Promised, send_answer  # noqa: E402
from amends.records.complaints.models import Contact  # noqa: E402
from amends.records.complaints.refusals import Refusal  # noqa: E402
from amends.records.complaints.vocabulary import Kind  # noqa: E402
from amends.records.people.models import Person  # noqa: E402
from amends.site.reactions import set_reactions  # noqa: E402

MARK = "storm:"
_PAUSE_SECONDS = 0.1


def work() -> None:
    person = Person.objects.get(email="ana@storm.example")
    for _turn in itertools.count():
        waits = Contact.objects.filter(kind=Kind.UNDECIDED, proposal="").order_by("?").first()
        if waits:
            _answer(waits, person)
        else:
            time.sleep(_PAUSE_SECONDS)


def _answer(contact: Contact, person: Person) -> None:
    now = clock.now()
    try:
        contact.decide(Kind.COMPLAINT, by=person, at=now)
        promised = Promised("A look at it", contact.answer_due_at or now)
        text = f"We look at it. {MARK}{uuid.uuid4().hex}"
        send_answer(contact, Answer(text=text, promises=(promised,)), by=person, at=now)
    except (Refusal, OperationalError):
        pass  # another was faster, or the database is busy: the next one


if __name__ == "__main__":
    set_reactions()
    work()
