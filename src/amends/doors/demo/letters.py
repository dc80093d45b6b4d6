"""What the demo's customers received, from their Maildir, and what they write back, over LMTP."""

import mailbox
import re
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from django.conf import settings

from amends.expertise.correspondence import Letter, read_letter

_SHOWN = 60
# A letter names whom it is for in its first lines.
_HEAD = 6_000


@dataclass(frozen=True)
class Received:
    key: str
    letter: Letter

    @property
    def to(self) -> str:
        return self.letter.to[0].email if self.letter.to else ""

    @property
    def to_name(self) -> str:
        return (self.letter.to[0].name if self.letter.to else "") or self.to

    @property
    def link(self) -> str:
        """The first link of ours in the letter, to be opened as the customer would."""
        found = re.search(re.escape(settings.HOUSE_URL) + r"/\S+", self.letter.text)
        return found.group(0) if found else ""


def folder() -> Path:
    return Path(settings.HOUSE_HOME) / "customers"


def clear() -> None:
    """Empty the customers' mailbox, for a demo that begins anew."""
    _maildir().clear()


def put(content: bytes) -> None:
    """Deliver to the customers' mailbox what was sent before there was a server to take it."""
    _maildir().add(content)


def received() -> list[Received]:
    """Return the latest letters, latest first."""
    maildir = _maildir()
    return _latest_first(
        [Received(key, read_letter(maildir.get_bytes(key))) for key in maildir.iterkeys()]
    )


def received_by(address: str) -> list[Received]:
    """Return the latest letters to one customer, latest first; the others are not even read."""
    wanted = address.encode()
    maildir = _maildir()
    found = []
    for key in maildir.iterkeys():
        content = maildir.get_bytes(key)
        if wanted in content[:_HEAD]:
            found.append(Received(key, read_letter(content)))
    return _latest_first([one for one in found if one.to == address])


def received_one(key: str) -> Received | None:
    maildir = _maildir()
    return Received(key, read_letter(maildir.get_bytes(key))) if key in maildir else None


def write(
    *, name: str, address: str, to: str, subject: str, text: str, at: datetime,
    answers: Letter | None = None,
) -> None:  # fmt: skip
    """Send a mail as a customer to the house, the way its mail server would hand it over."""
    mail = EmailMessage()
    mail["From"] = Address(_plain(name), addr_spec=_plain(address))
    mail["To"] = to
    mail["Subject"] = _plain(subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain="mail.example")
    if answers:
        mail["In-Reply-To"] = f"<{answers.message_id}>"
        mail["References"] = " ".join(
            f"<{name}>" for name in (*answers.references, answers.message_id)
        )
        quoted = "\n".join(f"> {line}" for line in answers.text.splitlines())
        text = f"{text}\n\n{quoted}\n"
    mail.set_content(text)
    with smtplib.LMTP(settings.LMTP_HOST, settings.LMTP_PORT) as server:
        server.sendmail(_plain(address), [to], mail.as_bytes(policy=SMTP))


def _latest_first(letters: list[Received]) -> list[Received]:
    epoch = datetime.fromtimestamp(0).astimezone()
    return sorted(letters, key=lambda one: one.letter.date or epoch, reverse=True)[:_SHOWN]


def _plain(text: str) -> str:
    # The email package reads "=?…?=" back, and a line break in it would begin a header.
    return re.sub(r"[\r\n<>\"]+|=(?=\?)", " ", text).strip()


def _maildir() -> mailbox.Maildir:
    return mailbox.Maildir(folder(), create=True)
