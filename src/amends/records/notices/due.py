"""What is due within half an hour of work, told once for each date."""

from datetime import datetime, timedelta

from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import State
from amends.records.house.models import House
from amends.records.notices.models import Notice, What
from amends.records.people.models import Person
from amends.records.promises.models import Promise

AHEAD = timedelta(minutes=30)
# What a worker that stood still has missed is told late, but not what was due days ago.
_LATEST = timedelta(hours=12)


def tell_of_what_is_due(at: datetime) -> int:
    """Tell who answers, or promised, that it is due within half a working hour."""
    ahead = House.objects.current().calendar().add(at, AHEAD)
    return _tell_of_answers(at, ahead) + _tell_of_promises(at, ahead)


def _tell_of_answers(at: datetime, ahead: datetime) -> int:
    due = (
        Contact.objects.filter(
            state=State.OPEN, answer_due_at__gt=at - _LATEST, answer_due_at__lte=ahead
        )
        .select_related("person", "team").order_by("answer_due_at", "id")
    )  # fmt: skip
    told = _told_lately(at)
    count = 0
    for contact in due:
        key = f"answer {contact.pk} {contact.answer_due_at:%Y-%m-%dT%H:%M}"
        for person in [] if key in told else _who_answers(contact):
            count += Notice.objects.tell(person, contact, What.DUE, key=key, at=at) is not None
    return count


def _tell_of_promises(at: datetime, ahead: datetime) -> int:
    due = (
        Promise.objects.open().filter(due_at__gt=at - _LATEST, due_at__lte=ahead)
        .select_related("who", "complaint__contact__team").order_by("due_at", "id")
    )  # fmt: skip
    told = _told_lately(at)
    count = 0
    for promise in due:
        key, contact = f"promise {promise.pk}", promise.complaint.contact
        if key not in told:
            notice = Notice.objects.tell(promise.who, contact, What.DUE, key=key, at=at)
            count += notice is not None
    return count


def _told_lately(at: datetime) -> set[str]:
    lately = Notice.objects.filter(what=What.DUE, at__gt=at - 2 * _LATEST)
    return set(lately.values_list("key", flat=True))


def _who_answers(contact: Contact) -> list[Person]:
    """Return who holds it; of what nobody has taken, the leads of its team."""
    if contact.person:
        return [contact.person]
    return list(contact.team.members.filter(is_active=True, leads=True).order_by("id"))
