"""What somebody wants to be told, how, and when not."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.ground.keys import uuid7
from amends.records.people.models import Person


class What(models.TextChoices):
    """What a notice tells of."""

    ASSIGNED = "assigned", _("A case is handed to you")
    CUSTOMER_WROTE = "customer_wrote", _("The customer of your case writes")
    REOPENED = "reopened", _("A case of yours opens again")
    BOUNCED = "bounced", _("A mail of yours doesn’t arrive")
    DUE = "due", _("An answer or a promise is due within half an hour")
    MENTIONED = "mentioned", _("A colleague names you in a note")


class ChoiceRefused(Exception):
    """A choice can't be kept; nothing was changed."""


class QuietAllDay(ChoiceRefused):
    """Quiet hours end at another hour than they begin."""


def _everything() -> list[str]:
    return list(What.values)


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def of(self, person: Person) -> "Choice":
        """Return what the person has chosen; who never chose sees all in the desk, none by mail."""
        return self.filter(person=person).first() or Choice(person=person)


class Choice(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    in_desk = models.JSONField(default=_everything)
    by_mail = models.JSONField(default=list)
    every_hours = models.PositiveSmallIntegerField(default=0, help_text="0: at once")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    quiet_days = models.JSONField(default=list, help_text="0 is Monday")
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="choice_quiet_from_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

    def choose(
        self,
        *,
        in_desk: Iterable[str],
        by_mail: Iterable[str],
        every_hours: int,
        quiet_from: time | None,
        quiet_until: time | None,
        quiet_days: Iterable[int],
    ) -> None:
        """Keep the choice; QuietAllDay where the hours begin and end at once, or only one is."""
        if (quiet_from is None) != (quiet_until is None):
            raise QuietAllDay
        if quiet_from is not None and quiet_from == quiet_until:
            raise QuietAllDay
        self.in_desk = [what for what in What.values if what in set(in_desk)]
        self.by_mail = [what for what in What.values if what in set(by_mail)]
        self.every_hours = every_hours
        self.quiet_from, self.quiet_until = quiet_from, quiet_until
        self.quiet_days = sorted(set(quiet_days))
        self.save()

    def is_quiet(self, at: datetime, zone: str) -> bool:
        """Tell whether no mail goes out then, by the clock on the house's wall.

        A night belongs to two days: the hours after midnight are those of the day they fall on.
        """
        local = at.astimezone(ZoneInfo(zone))
        if local.weekday() in self.quiet_days:
            return True
        if self.quiet_from is None or self.quiet_until is None:
            return False
        hour = local.time()
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def may_mail(self, at: datetime, zone: str) -> bool:
        """Tell whether a mail may go out: not in quiet hours, nor sooner than was chosen."""
        if self.is_quiet(at, zone):
            return False
        gap = timedelta(hours=self.every_hours)
        return self.mailed_at is None or at - self.mailed_at >= gap

    def claim_mailing(self, at: datetime) -> bool:
        """Take the next mail to this person, once: of two workers one gets it."""
        if self._state.adding:
            self.save()
        mine = Choice.objects.filter(pk=self.pk, mailed_at=self.mailed_at)
        if not mine.update(mailed_at=at):
            return False
        self.mailed_at = at
        return True
