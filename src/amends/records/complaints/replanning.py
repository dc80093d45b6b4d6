"""Planning anew what is open, when the house works at other hours than before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from amends.ground.events.models import Event
from amends.records.complaints.knowledge import Calendar
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import State

# What a change would do is counted exactly on so many, those whose answers are due next.
LOOKED_AT = 50
_A_BATCH = 40
_DECIDES = {"answer_hours", "zone", "follow_up_days"}


@dataclass(frozen=True)
class Moved:
    """What a change of the hours would do to the answers that are due."""

    open: int
    earlier: int
    later: int
    most: timedelta

    @property
    def moved(self) -> int:
        return self.earlier + self.later

    @property
    def all_looked_at(self) -> bool:
        return self.open <= LOOKED_AT

    @property
    def looked_at(self) -> int:
        return min(self.open, LOOKED_AT)


def moved_by(calendar: Calendar, answer_hours: int) -> Moved:
    """Count the open answers that would be due at another time, and by how much the most."""
    waiting = Contact.objects.exclude(state__in=[State.CLOSED, State.MERGED]).filter(
        answer_due_at__isnull=False
    )
    shifts = []
    for contact in waiting.order_by("answer_due_at", "id")[:LOOKED_AT]:
        since = contact.talk().waits_since
        if since and contact.answer_due_at:
            due_at = calendar.add(since, timedelta(hours=answer_hours))
            shifts.append(due_at - contact.answer_due_at)
    return Moved(
        open=waiting.count(),
        earlier=sum(shift < timedelta(0) for shift in shifts),
        later=sum(shift > timedelta(0) for shift in shifts),
        most=max(shifts, key=abs, default=timedelta(0)),
    )


def the_hours_changed(event: Event) -> None:
    """Plan all that is open anew, once the change is kept."""
    if event.verb != "house_set" or event.data.get("what") in _DECIDES:
        plan_anew.using(run_after=event.at).enqueue(event.at.isoformat(), "")


@task(once=True)
def plan_anew(at: str, after: str) -> int:
    """Plan the open contacts that follow a key anew; the next batch is a job of its own."""
    now = datetime.fromisoformat(at)
    waiting = Contact.objects.exclude(state__in=[State.CLOSED, State.MERGED]).order_by("id")
    batch = list((waiting.filter(id__gt=after) if after else waiting)[:_A_BATCH])
    for contact in batch:
        with transaction.atomic():
            contact.hold()
            contact.plan(at=now)
    if len(batch) == _A_BATCH:
        plan_anew.using(run_after=now).enqueue(at, str(batch[-1].id))
    return len(batch)
