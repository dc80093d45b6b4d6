"""Who gets it: the owner of the customer's open complaint, the mailbox's team, a language, all."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from amends.ground.events.models import PROGRAM, Event
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import Kind, State
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Absence, Person, Team
from amends.records.post.models import Mailbox


@dataclass(frozen=True)
class Holder:
    team: Team
    person: Person | None


def holder_for(
    customer: Customer, *, mailbox: Mailbox | None, language: str, at: datetime
) -> Holder:
    """Choose whose a new contact is; a person who is away is never chosen.

    A team without anybody named keeps it in its queue, where each member sees it.
    """
    day = at.astimezone(ZoneInfo(House.objects.current().zone)).date()
    known = _holder_of_open_case(customer, day)
    if known:
        return known
    # The default team's mailbox is everybody's address, so there the language decides.
    if mailbox and not mailbox.team.is_default:
        return Holder(mailbox.team, None)
    return Holder(Team.objects.speaking(language) or Team.objects.default(), None)


def present_holder(contact: Contact, day: date) -> Person | None:
    """Return who answers in the place of the contact's person: themselves, or a stand-in.

    A stand-in who may not see it, as it is of a closed team or about them, doesn't get it.
    """
    if contact.person is None:
        return None
    stand_in = Absence.objects.stand_in_for(contact.person, day)
    if stand_in is None or not Contact.objects.visible_to(stand_in).filter(pk=contact.pk).exists():
        return None
    return stand_in


def move_on_from_absent(day: date, at: datetime) -> int:
    """Hand on the open contacts of who is away or has left: to the stand-in, else to the queue."""
    away = Absence.objects.on(day).values("person")
    gone = Q(person__in=away) | Q(person__is_active=False)
    waiting = Contact.objects.filter(gone).exclude(state=State.CLOSED)
    moved = 0
    for contact in waiting.select_related("person", "team").order_by("id"):
        stand_in = present_holder(contact, day)
        contact.hand_to(by=PROGRAM, at=at, person=stand_in, why="absence")
        moved += 1
    return moved


def move_on_from_unseen(event: Event) -> None:
    """Hand to its queue what somebody holds who no longer sees it, as their team has closed."""
    held = Contact.objects.filter(team=event.data["key"], person__isnull=False)
    for contact in held.exclude(state=State.CLOSED).select_related("person", "team").order_by("id"):
        person = contact.person
        if person and not Contact.objects.visible_to(person).filter(pk=contact.pk).exists():
            contact.hand_to(by=PROGRAM, at=event.at)


def _holder_of_open_case(customer: Customer, day: date) -> Holder | None:
    open_case = (
        Contact.objects.filter(customer=customer)
        .exclude(state=State.CLOSED)
        .filter(Q(person__isnull=False) | Q(kind=Kind.COMPLAINT))
        .annotate(held=Count("person"), complains=Count("pk", filter=Q(kind=Kind.COMPLAINT)))
        .select_related("person", "team")
        .order_by("-complains", "-held", "-received_at", "-id")
        .first()
    )
    if open_case is None:
        return None
    return Holder(open_case.team, present_holder(open_case, day))
