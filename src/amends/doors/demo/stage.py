"""Plays acts at their moments through the same verbs as real work; the hero stories' director."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from django.db import transaction

from amends.doors.demo import letters
from amends.doors.demo.company import domain, person, team
from amends.expertise.correspondence import read_letter
from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.answering.telling import Call, log_call
from amends.records.complaints.intake import Told, take_in, take_in_told
from amends.records.complaints.models import Complaint, Contact, Message, Note
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post.models import Outgoing, OutgoingState, RawMail
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

_DELIVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Cast:
    """Who the customer of a story is."""

    name: str
    address: str
    language: str
    form: str = "unknown"
    vocative: str = ""
    phone: str = ""
    kind: str = "consumer"
    company: str = ""
    since: int | None = None


class Stage:
    """One story being played: each method is an act, at a moment that never runs backwards."""

    def __init__(self, cast: Cast, *, key: str, now: datetime, shown: bool = False) -> None:
        self.cast = cast
        self._key = key
        self.now = now
        self._last = datetime.min.replace(tzinfo=now.tzinfo)
        self._mails = 0
        self._shown = shown
        self._contact: Contact | None = None

    @property
    def contact(self) -> Contact:
        assert self._contact is not None  # noqa: S101 -- a story begins with its arrival
        return self._contact

    @property
    def complaint(self) -> Complaint:
        return self.contact.complaint

    def moment(self, at: datetime) -> datetime:
        """Return the moment, after the last act and before now."""
        at = max(min(at, self.now - timedelta(seconds=30)), self._last + timedelta(seconds=31))
        self._last = at
        return at

    # The customer

    def mail_arrives(self, *, subject: str, text: str, at: datetime, to: str = "pomoc") -> bool:
        """Take in a mail made for real and read for real; False if it is here already."""
        at = self.moment(at)
        return self._take(subject, text, at, to, {})

    def bulk_arrives(self, *, subject: str, text: str, at: datetime, automatic: bool) -> bool:
        """Take in what went to many, or what a program answered."""
        at = self.moment(at)
        if automatic:
            return self._take(subject, text, at, "pomoc", {"Auto-Submitted": "auto-replied"})
        return self._take(
            subject, text, at, "pomoc", {"List-Unsubscribe": "<mailto:no@mail.example>"}
        )

    def told(
        self, *, channel: str, text: str, subject: str, at: datetime, by: Person | None
    ) -> None:
        at = self.moment(at)
        self._contact = take_in_told(
            Told(
                text=text, channel=channel, name=self.cast.name, address=self.cast.address,
                phone=self.cast.phone, subject=subject, language=self.cast.language,
            ),
            at=at, by=by,
        )  # fmt: skip
        self._dress_customer()
        self._deliver()

    def writes(self, *, text: str, at: datetime) -> None:
        at = self.moment(at)
        if self.cast.address and self._mails:
            self._take(f"Re: {self.contact.subject}", text, at, "pomoc", {})
        else:
            self.contact.customer_writes(text=text, at=at)

    def says_yes(self, *, words: str, at: datetime) -> None:
        if self.complaint.confirm(words=words, at=self.moment(at)):
            return
        # Words that may say no were for a person to read; here they say yes, and one sees it.
        heard = self.contact.messages.filter(direction="in").order_by("-at", "-id")[0]
        reader = self.contact.person
        if reader and at + timedelta(hours=1) < self.now:
            read_at = self.moment(at + timedelta(hours=1))
            self.complaint.confirmed_in(heard, by=reader, at=read_at)

    def says_no(self, *, words: str, at: datetime) -> None:
        self.complaint.deny(words=words, at=self.moment(at))

    # The house

    def decide(self, kind: str, *, by: Person, at: datetime) -> None:
        at = self.moment(at)
        if self.contact.kind != kind:
            self.contact.decide(kind, by=by, at=at)

    def understand(self, *, by: Person, at: datetime, points: list[str], **facts: Any) -> None:
        at = self.moment(at)
        self.complaint.understand(by=by, at=at, **facts)
        for point in points:
            self.complaint.add_point(point, by=by, at=at)

    def note(self, *, by: Person, text: str, at: datetime) -> None:
        Note.objects.write(self.contact, by=by, text=text, at=self.moment(at))

    def call(self, *, by: Person, text: str, at: datetime) -> None:
        """Log a call that reached the customer; on a case that is closed it is a note."""
        if self.contact.is_closed:
            self.note(by=by, text=text, at=at)
            return
        at = self.moment(at)
        call = Call(reached=self.cast.name, said_at=at)
        log_call(self.contact, Answer(text=text), call, by=by, at=at)

    def answer(self, answer: Answer, *, by: Person, at: datetime) -> None:
        at = self.moment(at)
        send_answer(self.contact, answer, by=by, at=at)
        self._last = at + _DELIVERY
        self._deliver()

    def promise_kept(self, *, by: Person, at: datetime) -> None:
        at = self.moment(at)
        promise = Promise.objects.open().filter(complaint=self.complaint).order_by("due_at").first()
        if promise:
            promise.complaint = self.complaint
            promise.keep(by=by, at=at)

    def remedy_delivered(self, *, by: Person, at: datetime, proof: str) -> None:
        at = self.moment(at)
        remedy = Remedy.objects.filter(
            complaint=self.complaint, delivered_at=None, dropped_at=None
        ).order_by("decided_at", "id").first()  # fmt: skip
        if remedy:
            remedy.complaint = self.complaint
            remedy.deliver(by=by, at=at, proof=proof)

    def asked(self, *, at: datetime) -> None:
        """Ask whether it is solved; the second time, after the first went unanswered."""
        at = House.objects.current().calendar().next_working_moment(self.moment(at))
        check_back = self._waiting_check_back()
        if check_back and check_back.asked_at:
            check_back.give_up(at=at)
            at += timedelta(minutes=2)
            check_back = self._waiting_check_back()
        if check_back:
            check_back.ask(at=at)
            self._last = max(self._last, at + _DELIVERY)
            self._deliver()

    def silence(self, *, at: datetime) -> None:
        at = self.moment(at)
        if check_back := self._waiting_check_back():
            check_back.give_up(at=at)

    def _waiting_check_back(self) -> CheckBack | None:
        check_back = CheckBack.objects.waiting().filter(complaint=self.complaint).first()
        if check_back:
            check_back.complaint = self.complaint
        return check_back

    # How mail comes and goes

    def _take(
        self, subject: str, text: str, at: datetime, to: str, headers: dict[str, str]
    ) -> bool:
        self._mails += 1
        mail = EmailMessage()
        mail["From"] = f'"{self.cast.name}" <{self.cast.address}>'
        mail["To"] = f"{to}@{domain()}"
        mail["Subject"] = subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{self._key}.{self._mails}@mail.example>"
        for name, value in (headers | self._answering()).items():
            mail[name] = value
        mail.set_content(text)
        raw = RawMail.objects.keep(
            mail.as_bytes(), source="demo", at=at, envelope_from=self.cast.address,
            envelope_to=[f"{to}@{domain()}"],
        )  # fmt: skip
        taken = take_in(raw, read_letter(raw.content()), at=at)
        raw.take()
        self._contact = taken.contact
        if taken.what == "contact":
            self._dress_customer()
            self._deliver()
        return taken.what != "duplicate"

    def _answering(self) -> dict[str, str]:
        if self._contact is None:
            return {}
        # A call has no Message-ID that a mail could answer.
        mails = Message.objects.filter(contact=self._contact, direction="out")
        ours = mails.exclude(message_id="").order_by("-at").first()
        return {"In-Reply-To": f"<{ours.message_id}>"} if ours else {}

    def _dress_customer(self) -> None:
        cast, customer = self.cast, self.contact.customer
        customer.form, customer.vocative = cast.form, cast.vocative
        customer.kind, customer.company = cast.kind, cast.company
        if cast.since:
            customer.since_date = self.now.date().replace(year=cast.since, month=3, day=1)
        customer.save()
        if cast.phone:
            customer.add_phone(cast.phone)

    def _deliver(self) -> None:
        """Let the mail server of the past accept what is on its way."""
        waiting = Outgoing.objects.on(self.contact.id).filter(state=OutgoingState.QUEUED)
        for outgoing in waiting:
            at = max(outgoing.not_before, self._last)
            if at >= self.now:
                continue  # it was written just now: the worker sends it for real
            token = outgoing.claim(at)
            if token:
                if self._shown:
                    letters.put(outgoing.mime())
                outgoing.accept(token, at, "250 accepted")
        self.contact.refresh_from_db()


@contextmanager
def all_or_nothing(address: str) -> Iterator[bool]:
    """Play a story whole, once: what a killed loading left out is played again from its start.

    Each story has a customer of its own, so their address tells whether it has been played.
    """
    with transaction.atomic():
        yield Customer.objects.with_address(address) is None


def promised(what: str, due_at: datetime) -> Promised:
    return Promised(what, due_at)


def put_right(row: dict[str, Any]) -> PutRight:
    cost = row.get("cost")
    return PutRight(
        what=row["remedy"],
        cost=Decimal(str(cost)) if cost not in (None, "") else None,
        currency=row.get("currency", "") if cost not in (None, "") else "",
        gesture=bool(row.get("gesture")),
        delivered=bool(row.get("delivered")),
    )


__all__ = ["Answer", "Cast", "Stage", "person", "promised", "put_right", "team"]
