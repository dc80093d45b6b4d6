"""A try of mail both ways: one of ours goes out, and one from outside comes in."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from amends.doors.entry.asking import PersonRequest
from amends.ground import clock
from amends.records.house.models import House
from amends.records.joining.letters import write_to
from amends.records.post.models import Outgoing, RawMail

_SINCE = "trial_since"
_MAIL = "trial_mail"


@dataclass(frozen=True)
class Trial:
    request: PersonRequest
    house: House

    def begin_waiting(self) -> None:
        """Count from now on: mail of earlier proves nothing."""
        self.request.session.setdefault(_SINCE, clock.now().isoformat())

    def send(self, *, at: datetime) -> None:
        person = self.request.user
        mail = write_to(
            person.email, person.name, "test_mail", self.request.LANGUAGE_CODE,
            thread=person.pk, at=at,
        )  # fmt: skip
        self.request.session[_MAIL] = str(mail.pk)

    @property
    def mail(self) -> Outgoing | None:
        """The mail that was sent last; its state and the server's words are the answer."""
        kept = self.request.session.get(_MAIL)
        return Outgoing.objects.filter(pk=uuid.UUID(kept)).first() if kept else None

    @property
    def came(self) -> RawMail | None:
        since = self.request.session.get(_SINCE)
        if not since or not self.has_address:
            return None
        come = RawMail.objects.filter(received_at__gte=datetime.fromisoformat(since))
        return come.order_by("received_at", "id").first()

    @property
    def has_address(self) -> bool:
        return self.house.address != House().address
