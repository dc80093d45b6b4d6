"""Delivery reports: what a mail server says later of a mail that one had accepted."""

from dataclasses import dataclass
from datetime import datetime

from amends.records.complaints import knowledge
from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Contact
from amends.records.post.message_ids import keys_in
from amends.records.post.models import Outgoing


@dataclass(frozen=True)
class Bounce:
    """A report on mails of ours; `said` is the server's reason, and it may be only late."""

    mails: tuple[Outgoing, ...]
    failed: bool
    said: str

    def take_back(self, *, at: datetime) -> None:
        """Let what did not arrive count as not sent; what follows is told by the event."""
        if self.failed:
            for mail in self.mails:
                mail.come_back(at=at, said=self.said)

    def thread(self) -> Contact | None:
        """Return the contact that the mail was written in; a mail to our own people has none."""
        threads = [mail.thread for mail in self.mails]
        contacts = Contact.objects.filter(pk__in=threads)
        found = contacts.select_related("customer", "team", "person", "merged_into__customer")
        return min(found, key=lambda contact: threads.index(contact.pk), default=None)


def bounce_in(letter: Letter) -> Bounce | None:
    """Return what the letter reports of mails of ours; None for any other letter.

    Only our signature tells ours: anybody can write a report. The mail that it names by its own
    header counts; where none does, the one that it names anywhere. Of several nobody can know.
    """
    report = knowledge.read_report(letter)
    if report is None:
        return None
    keys = keys_in(report.named)
    if not keys:
        hinted = keys_in(report.hinted)
        keys = hinted if len(hinted) == 1 else []
    mails = sorted(Outgoing.objects.filter(pk__in=keys), key=lambda mail: keys.index(mail.pk))
    return Bounce(tuple(mails), report.failed, report.said) if mails else None
