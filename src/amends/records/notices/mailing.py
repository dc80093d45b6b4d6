"""Notices by mail: to whom chose so, gathered, and not in their quiet hours.

A mail is less safe than the desk: it holds references and links, never a word of a customer or of
a note. It belongs to no case, so that what becomes of it is nothing that happened to one.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from amends.records.complaints.models import Contact
from amends.records.house.knowledge import salutation
from amends.records.house.models import House
from amends.records.notices.models import Choice, Notice
from amends.records.people.models import Absence, Person
from amends.records.post.models import Outgoing

_MOST_LINES = 40
_MOST_NAMED = 3
# Where the desk has its pages; a test of the desk sees to it that they are there.
_WHERE_A_CASE_IS = "/desk/cases/"
_WHERE_TO_CHOOSE = "/desk/me/notices"


def mail_notices(at: datetime) -> int:
    """Mail what waits to be told by mail; return how many mails were written."""
    house = House.objects.current()
    day = at.astimezone(ZoneInfo(house.zone)).date()
    away = set(Absence.objects.on(day).values_list("person", flat=True))
    waiting = Notice.objects.to_mail().values("person")
    people = Person.objects.get_queryset().filter(pk__in=waiting, is_active=True)
    here = [person for person in people.order_by("id") if person.pk not in away]
    return sum(_mail_to(person, house, at) for person in here)


def _mail_to(person: Person, house: House, at: datetime) -> bool:
    choice = Choice.objects.of(person)
    if not choice.may_mail(at, house.zone):
        return False
    with transaction.atomic():
        if not choice.claim_mailing(at):
            return False
        waiting = Notice.objects.to_mail().filter(person=person)
        seen = Contact.objects.visible_to(person).filter(pk=OuterRef("contact"))
        told = list(waiting.filter(Exists(seen)).newest_first())
        waiting.update(mailed_at=at)
        if told:
            _post(person, told, house, at)
    return bool(told)


def _post(person: Person, told: list[Notice], house: House, at: datetime) -> None:
    language = person.language
    references = list(dict.fromkeys(notice.contact.reference for notice in told))
    text = house.write(
        "notices",
        language,
        salutation=salutation(language, "neutral", vocative="", surname=""),
        lines=_lines(told, language),
        reference=_some(references, _MOST_NAMED, ", "),
        link=f"{settings.HOUSE_URL}{_WHERE_TO_CHOOSE}",
        signoff=house.sign(language, person=house.name),
    )
    Outgoing.objects.post(
        thread=person.pk, to=person.email, to_name=person.name, from_address=house.address,
        from_name=house.name, subject=text.subject, body=text.body, automatic=True,
        language=language, at=at,
    )  # fmt: skip


def _lines(told: list[Notice], language: str) -> str:
    """Return a line for each case, with what is new of it and where it is."""
    with translation.override(language):
        news: dict[str, list[str]] = {}
        for notice in told:
            news.setdefault(notice.contact.reference, []).append(notice.get_what_display())
    lines = [
        f"{reference}: {'; '.join(dict.fromkeys(what))}\n"
        f"{settings.HOUSE_URL}{_WHERE_A_CASE_IS}{reference}/"
        for reference, what in news.items()
    ]
    return _some(lines, _MOST_LINES, "\n\n")


def _some(items: list[str], most: int, between: str) -> str:
    return between.join([*items[:most], "…"] if len(items) > most else items)
