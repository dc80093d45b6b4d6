"""One thing complained of. It is reworded, or removed and brought back; nothing of it is lost."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.complaints import refusals

LONGEST_POINT = 200


class PointQuerySet(models.QuerySet["Point"]):
    def standing(self) -> "PointQuerySet":
        """Leave out what was removed: it is on record, but asks for no answer."""
        return self.filter(removed_at=None)

    def open(self) -> "PointQuerySet":
        return self.standing().filter(answered_at=None)

    def in_order(self) -> "PointQuerySet":
        return self.order_by("position", "id")


class Point(models.Model):
    """One thing complained of; the final reply answers each."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.CASCADE, related_name="points"
    )
    text = models.CharField(max_length=LONGEST_POINT)
    position = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PointQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    def answer(self, *, by: Actor, at: datetime, answered: bool = True) -> None:
        with transaction.atomic():
            self._hold()
            self._must_stand()
            self._answer(by=by, at=at, answered=answered)

    def open_again(self, *, by: Actor, at: datetime) -> None:
        """Open it because its answer was taken back; of one that was removed meanwhile, too."""
        with transaction.atomic():
            self._answer(by=by, at=at, answered=False)

    def reword(self, text: str, *, by: Actor, at: datetime) -> None:
        new = text.strip()[:LONGEST_POINT]
        if not new:
            raise refusals.NothingWritten
        with transaction.atomic():
            self._hold()
            self._must_stand()
            was = self.text
            if new == was:
                return
            self.text = new
            self.save(update_fields=["text"])
            record("point_reworded", thread=self._thread, by=by, at=at, text=new, was=was)

    def remove(self, *, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            self._hold()
            self._must_stand()
            self._removed(at)
            record("point_removed", thread=self._thread, by=by, at=at, text=self.text)

    def bring_back(self, *, by: Actor, at: datetime) -> None:
        """Put it back where it stood, answered or not as it was."""
        with transaction.atomic():
            self._hold()
            if self.removed_at is None:
                raise refusals.PointStands
            self._removed(None)
            record("point_brought_back", thread=self._thread, by=by, at=at, text=self.text)

    def _answer(self, *, by: Actor, at: datetime, answered: bool) -> None:
        self.answered_at = at if answered else None
        self.save(update_fields=["answered_at"])
        verb = "point_answered" if answered else "point_open_again"
        record(verb, thread=self._thread, by=by, at=at, text=self.text)

    def _removed(self, at: datetime | None) -> None:
        self.removed_at = at
        self.save(update_fields=["removed_at"])

    def _hold(self) -> None:
        self.complaint.contact.hold()
        self.refresh_from_db(fields=["text", "answered_at", "removed_at"])

    def _must_stand(self) -> None:
        if self.removed_at:
            raise refusals.PointRemoved

    @property
    def _thread(self) -> UUID:
        return self.complaint.contact_id
