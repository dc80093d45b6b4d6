"""How was it for you? Asked a day after the customer's yes, by a link, once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.ground.events.models import PROGRAM, Event, record
from amends.ground.keys import uuid7
from amends.records.aftercare.hours import decent_hour, next_morning
from amends.records.aftercare.survey_links import survey_url
from amends.records.complaints.acknowledging import MOST_AUTOMATIC, write_to
from amends.records.complaints.knowledge import may_say_no
from amends.records.complaints.models import Complaint, Message
from amends.records.complaints.vocabulary import Purpose
from amends.records.house.models import House
from amends.records.people.models import Person

ITEMS = ("outcome", "treatment", "procedure", "effort", "trust", "told")
LOWEST, HIGHEST, WORST_GOOD = 1, 7, 4
_MORE = 3
_EARLIEST, _LATEST = timedelta(hours=24), timedelta(hours=48)
_ONE_A_CUSTOMER = timedelta(days=7)


class SurveyRefused(Exception):
    """A verb of a survey says no; nothing was changed."""


class AlreadyAnswered(SurveyRefused):
    """It was answered, or the case has moved on since it was asked."""


class NothingAnswered(SurveyRefused):
    """Neither a choice nor a word."""


class Skipped(models.TextChoices):
    LATE = "late", _("the 48 hours had passed")
    RECENT = "recent", _("one was sent in the last seven days")
    ENOUGH = "enough", _("five automatic mails are enough")
    NO_ADDRESS = "no_address", _("there is no address")
    OFF = "off", _("the house sends none")
    PROMISE = "promise", _("a promise was broken")
    TWICE = "twice", _("it took more than one try")


# After these a form would add to the hurt: a person writes.
_FOR_A_PERSON = (Skipped.PROMISE, Skipped.TWICE)


class SurveyQuerySet(models.QuerySet["Survey"]):
    def waiting(self) -> "SurveyQuerySet":
        """Narrow to those that are neither sent, nor skipped, nor called off."""
        return self.filter(asked_at=None, skipped_because="", cancelled_at=None)

    def due(self, at: datetime) -> "SurveyQuerySet":
        return self.waiting().filter(due_at__lte=at)

    def settled(self) -> "SurveyQuerySet":
        """Narrow to those that need no other after them: answered, or a person wrote."""
        return self.filter(Q(answered_at__isnull=False) | Q(taken_up_at__isnull=False))

    def for_a_person(self) -> "SurveyQuerySet":
        """Narrow to those in whose place a person writes and nobody has yet."""
        return self.filter(skipped_because__in=_FOR_A_PERSON, taken_up_at=None, cancelled_at=None)

    def with_contact(self) -> "SurveyQuerySet":
        return self.select_related(
            "complaint__contact__customer",
            "complaint__contact__team",
            "complaint__contact__person",
            "complaint__contact__mailbox",
        ).order_by("due_at", "id")

    def plan(self, complaint: Complaint, *, at: datetime) -> "Survey":
        """Plan it for a day after the customer's yes, at an hour at which one may be written to."""
        zone = House.objects.current().calendar().zone
        due_at = decent_hour(at + _EARLIEST, zone)
        return self.create(complaint=complaint, due_at=due_at, until_at=at + _LATEST)


class Survey(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="surveys")
    due_at = models.DateTimeField()
    until_at = models.DateTimeField(help_text="after this nobody is asked any more")
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="survey"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    skipped_because = models.CharField(max_length=12, choices=Skipped, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True, help_text="a person writes instead")
    answered_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=5, blank=True, help_text="answered in")
    solved = models.BooleanField(null=True, blank=True)
    recovery = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    more = models.JSONField(default=dict, blank=True)
    more_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("due_at")), name="survey_has_time"),
            models.CheckConstraint(
                condition=Q(recovery=None) | Q(recovery__gte=LOWEST, recovery__lte=HIGHEST),
                name="survey_recovery_1_to_7",
            ),
            models.CheckConstraint(
                condition=Q(skipped_because="") | Q(asked_at=None), name="survey_asked_or_skipped"
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(asked_at=None, skipped_because="", cancelled_at=None),
                name="survey_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="survey_due"),
            models.Index(fields=["skipped_because", "taken_up_at"], name="survey_for_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.due_at:%Y-%m-%d}"

    @property
    def items(self) -> tuple[str, ...]:
        """Return which of the further questions this one asks; each complaint begins elsewhere."""
        first = self.complaint_id.int % len(ITEMS)
        return (ITEMS[first:] + ITEMS[:first])[:_MORE]

    @property
    def is_bad(self) -> bool:
        return self.solved is False or (self.recovery is not None and self.recovery < WORST_GOOD)

    @property
    def is_for_a_person(self) -> bool:
        waits = self.taken_up_at is None and self.cancelled_at is None
        return self.skipped_because in _FOR_A_PERSON and waits

    @property
    def can_be_answered(self) -> bool:
        return bool(self.asked_at) and self.answered_at is None and self.cancelled_at is None

    @property
    def can_say_more(self) -> bool:
        """Tell whether the further questions may be asked: never of whom we have just hurt."""
        return bool(self.answered_at) and self.more_at is None and not self.is_bad

    def ask(self, *, at: datetime) -> None:
        """Send it, or skip it and say why; never on the day of a check-back."""
        house = House.objects.current()
        contact = self.complaint.contact
        with transaction.atomic():
            contact.hold()
            if not Survey.objects.waiting().filter(pk=self.pk).exists():
                return
            if reason := self._why_not(at, house):
                self._skip(reason, at)
            elif self._was_asked_on_the_day_of(at, house):
                self._ask_tomorrow(at, house)
            else:
                self._send(at)

    def cancel(self, *, at: datetime) -> None:
        """Call it off: the case is open again."""
        self.cancelled_at = at
        self.save(update_fields=["cancelled_at"])

    def answer(
        self, *, solved: bool | None, recovery: int | None, words: str, language: str, at: datetime
    ) -> None:
        """Take the answer, once. A bad one, or words that say no, go to a person today.

        Raises AlreadyAnswered or NothingAnswered.
        """
        words = words.strip()
        if solved is None and recovery is None and not words:
            raise NothingAnswered
        contact = self.complaint.contact
        with transaction.atomic():
            contact.hold()
            self.refresh_from_db(fields=["asked_at", "answered_at", "cancelled_at"])
            if not self.can_be_answered:
                raise AlreadyAnswered
            self.answered_at, self.language = at, language
            self.solved, self.recovery, self.words = solved, recovery, words
            self.save(update_fields=["answered_at", "language", "solved", "recovery", "words"])
            record("survey_answered", thread=contact.id, by=contact.customer, at=at)
            self._follow_up(at)

    def say_more(self, answers: dict[str, int], *, at: datetime) -> None:
        """Keep the further answers, once; what was not asked is not kept."""
        with transaction.atomic():
            self.complaint.contact.hold()
            self.refresh_from_db(fields=["answered_at", "more_at", "solved", "recovery"])
            if not self.can_say_more:
                raise AlreadyAnswered
            asked = {name: answers[name] for name in self.items if name in answers}
            self.more, self.more_at = asked, at
            self.save(update_fields=["more", "more_at"])

    def take_up(self, *, by: Person, at: datetime) -> None:
        """Open the case again for a person who writes in place of the survey."""
        contact = self.complaint.contact
        with transaction.atomic():
            contact.hold()
            self.refresh_from_db(fields=["skipped_because", "taken_up_at", "cancelled_at"])
            if not self.is_for_a_person:
                raise AlreadyAnswered
            self.taken_up_at = at
            self.save(update_fields=["taken_up_at"])
            self._open_today(gettext("Ask how it went, in your own words"), by=by, at=at)

    def _follow_up(self, at: datetime) -> None:
        complaint, contact = self.complaint, self.complaint.contact
        if self.solved is False:
            complaint.deny(words=self.words, at=at)
        elif self.is_bad:
            with translation.override(House.objects.current().language):
                text = gettext("A bad answer to the survey: write today")
            self._open_today(text, by=contact.customer, at=at)
        elif self.words and may_say_no(self.words):
            record("yes_that_says_no", thread=contact.id, by=contact.customer, at=at)
            contact.customer_writes(text=self.words, at=at)

    def _open_today(self, text: str, *, by: Any, at: datetime) -> None:
        contact = self.complaint.contact
        if contact.is_closed:
            self.complaint.take_up(words=self.words, by=by, at=at)
        today = House.objects.current().calendar().add_days(at, 0)
        limits = [today, contact.answer_due_at, contact.promise_due_at]
        contact.set_next(text=text, due_at=min(filter(None, limits)), by=by, at=at)

    def _why_not(self, at: datetime, house: House) -> str:
        contact = self.complaint.contact
        if not house.survey:
            return Skipped.OFF
        if Event.objects.about(contact.id).filter(verb="promise_broken").exists():
            return Skipped.PROMISE
        if contact.reopenings.filter(not_solved=True).exists():
            return Skipped.TWICE
        if at > self.until_at:
            return Skipped.LATE
        return self._why_not_by_mail(at)

    def _why_not_by_mail(self, at: datetime) -> str:
        contact = self.complaint.contact
        if not contact.address_of_customer():
            return Skipped.NO_ADDRESS
        if contact.sent_by_itself() >= MOST_AUTOMATIC:
            return Skipped.ENOUGH
        sent = Survey.objects.filter(complaint__contact__customer=contact.customer_id)
        recent = sent.filter(asked_at__gt=at - _ONE_A_CUSTOMER).exists()
        return Skipped.RECENT if recent else ""

    def _skip(self, reason: str, at: datetime) -> None:
        self.skipped_because = reason
        self.save(update_fields=["skipped_because"])
        record("survey_skipped", thread=self.complaint.contact_id, by=PROGRAM, at=at, why=reason)

    def _was_asked_on_the_day_of(self, at: datetime, house: House) -> bool:
        calendar = house.calendar()
        asked = self.complaint.contact.messages.filter(purpose=Purpose.CHECK_BACK)
        return calendar.day_of(at) in {calendar.day_of(message.at) for message in asked}

    def _ask_tomorrow(self, at: datetime, house: House) -> None:
        zone = house.calendar().zone
        tomorrow = next_morning(at, zone)
        if tomorrow >= self.until_at:
            self._skip(Skipped.LATE, at)
        else:
            self.due_at = tomorrow
            self.save(update_fields=["due_at"])

    def _send(self, at: datetime) -> None:
        contact = self.complaint.contact
        subject, body = write_to(contact, "survey", at=at, link=survey_url(self.pk))
        self.message = contact.write_automatically(
            purpose=Purpose.SURVEY, subject=subject, text=body, at=at
        )
        self.asked_at = at
        self.save(update_fields=["message", "asked_at"])
