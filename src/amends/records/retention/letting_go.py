"""Letting go of what the house keeps no longer: a batch at a time, on record with its counts."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from amends.ground import files, search
from amends.ground.events.models import PROGRAM, record
from amends.ground.jobs.models import Job, JobState
from amends.records.complaints.models import Attachment, Contact, Message
from amends.records.house.models import House
from amends.records.post.models import Outgoing, RawMail
from amends.records.retention import due
from amends.records.writing.models import DraftFile

log = logging.getLogger(__name__)

# A batch is one transaction, which no other writer on SQLite gets past.
_CONTACTS = 100
_ROWS = 1_000


def let_go(at: datetime) -> dict[str, int]:
    """Let the next batch of everything go and return how many of each; nothing left is {}."""
    house = House.objects.current()
    with transaction.atomic():
        gone = {
            "contacts": _contacts(due.cut_off(house, "set_aside_days", at)),
            "drafts": _drafts(due.cut_off(house, "draft_days", at)),
            "notices": _notices(due.cut_off(house, "notice_days", at)),
            "looks": _looks(due.cut_off(house, "look_days", at)),
        }
        told = {what: count for what, count in gone.items() if count}
        if told:
            record("let_go", thread=house.id, by=PROGRAM, at=at, **told)
    return told


def _contacts(before: datetime | None) -> int:
    if before is None:
        return 0
    batch = due.set_aside(before).order_by("closed_at", "id")[:_CONTACTS]
    return sum(_let_one_go(contact, before) for contact in batch)


def _let_one_go(contact: Contact, before: datetime) -> bool:
    try:
        with transaction.atomic():
            contact.hold()
            # Somebody may have taken it up since the batch was read.
            if not due.set_aside(before).filter(pk=contact.pk).exists():
                return False
            _delete(contact)
    except Contact.DoesNotExist:
        return False
    except ProtectedError:
        log.exception("%s stays, as something depends on it", contact)
        return False
    return True


def _delete(contact: Contact) -> None:
    """Delete a contact whole: words, files, notes, mails, its place in the search, its jobs.

    Its events stay. They hold names and no message, and a chain of events from which some
    can be taken away would prove nothing.
    """
    key = contact.pk
    sent = Outgoing.objects.filter(thread=key)
    raws = list(contact.messages.exclude(raw=None).values_list("raw", flat=True))
    mails = RawMail.objects.filter(pk__in=raws)
    _keep_a_day(Attachment.objects.filter(message__contact=key).values_list("digest", flat=True))
    _keep_a_day(DraftFile.objects.filter(draft__contact=key).values_list("digest", flat=True))
    _keep_a_day(mails.values_list("digest", flat=True))
    _keep_a_day(sent.exclude(mime_digest="").values_list("mime_digest", flat=True))
    contact.delete()
    sent.delete()
    mails.exclude(Exists(Message.objects.filter(raw=OuterRef("pk")))).delete()
    Job.objects.filter(state__in=(JobState.DONE, JobState.DEAD), args=[str(key)]).delete()
    search.remove(key)


def _drafts(before: datetime | None) -> int:
    if before is None:
        return 0
    rows = due.drafts(before).select_for_update().order_by("at", "id")[:_ROWS]
    batch = [draft.pk for draft in rows]
    _keep_a_day(DraftFile.objects.filter(draft__in=batch).values_list("digest", flat=True))
    due.drafts(before).filter(pk__in=batch).delete()
    return len(batch)


def _notices(before: datetime | None) -> int:
    if before is None:
        return 0
    batch = list(due.notices(before).order_by("seen_at", "id").values_list("pk", flat=True)[:_ROWS])
    due.notices(before).filter(pk__in=batch).delete()
    return len(batch)


def _looks(before: datetime | None) -> int:
    if before is None:
        return 0
    batch = list(due.looks(before).order_by("at", "id").values_list("pk", flat=True)[:_ROWS])
    due.looks(before).filter(pk__in=batch).delete()
    return len(batch)


def _keep_a_day(digests: Iterable[str]) -> None:
    """Leave the bytes another day, for a back-up whose database still has their rows."""
    for digest in digests:
        files.touch(digest)
