"""What a colleague is told: that a case came to them, that its customer wrote, that it is due."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from amends.ground.keys import uuid7
from amends.records.complaints.models import Contact
from amends.records.people.models import Person

from .choice import Choice, What


class NoticeQuerySet(models.QuerySet["Notice"]):
    def tell(
        self, person: Person, contact: Contact, what: str, *, key: str, at: datetime
    ) -> "Notice | None":
        """Tell the person, once for each key; None who may not see it or doesn't want to know.

        While one isn't seen, more of the same on the same case raise its count and nothing else,
        save what is due: each date is a notice of its own.
        """
        if not Contact.objects.visible_to(person).filter(pk=contact.pk).exists():
            return None
        choice = Choice.objects.of(person)
        in_desk, by_mail = what in choice.in_desk, what in choice.by_mail
        mine = self.filter(person=person)
        if not (in_desk or by_mail) or mine.filter(key=key).exists():
            return None
        with transaction.atomic():
            same = mine.filter(contact=contact, what=what, seen_at=None).exclude(what=What.DUE)
            if same.update(count=F("count") + 1, at=at, key=key):
                return mine.get(key=key)
            return self.create(
                person=person, contact=contact, what=what, key=key, at=at,
                in_desk=in_desk, by_mail=by_mail,
            )  # fmt: skip

    def shown_to(self, person: Person) -> "NoticeQuerySet":
        """Narrow to what the person finds in the desk, of cases that they may see by now."""
        # Asked of each notice's case: a list of all that one may see would be the whole house.
        seen = Contact.objects.visible_to(person).filter(pk=OuterRef("contact"))
        return self.filter(Exists(seen), person=person, in_desk=True)

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(seen_at=None)

    def newest_first(self) -> "NoticeQuerySet":
        return self.select_related("contact__customer", "contact__complaint").order_by("-at", "-id")

    def see(self, person: Person, *, at: datetime, contact: Contact | None = None) -> int:
        """Mark as seen: those of one case, or all."""
        mine = self.unseen().filter(person=person)
        return (mine.filter(contact=contact) if contact else mine).update(seen_at=at)

    def to_mail(self) -> "NoticeQuerySet":
        """Narrow to what still has to be mailed; what was seen meanwhile needs no mail."""
        return self.filter(by_mail=True, mailed_at=None, seen_at=None)


class Notice(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=16, choices=What)
    key = models.CharField(max_length=80, help_text="the event, or the date that is due")
    at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    in_desk = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_once"),
            models.UniqueConstraint(
                fields=["person", "contact", "what"],
                condition=Q(seen_at=None) & ~Q(what="due"),
                name="notice_unseen_once_a_case",
            ),
            models.CheckConstraint(condition=Q(what__in=What.values), name="notice_what_known"),
        ]
        indexes = [
            models.Index(fields=["person", "seen_at", "-at"], name="notice_of_person"),
            models.Index(fields=["by_mail", "mailed_at", "seen_at"], name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.contact_id}"
