"""What others say of the house's mail: the zone of its address, and the mailboxes it opens."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from amends.doors.desk.mail_sender import looked_up
from amends.doors.desk.pickup_words import trouble_said
from amends.doors.desk.sender_words import Said
from amends.doors.mail.hindered import Hindered
from amends.doors.mail.imap import try_box
from amends.ground.loopback import is_loopback
from amends.records.house.models import House
from amends.records.post.models import Pickup
from amends.records.post.models.pickup import Trouble
from amends.site.checkup.findings import Finding, good, warning, wrong

# A person waits for the answer: a server that takes longer is as good as none.
_SECONDS = 8
_DO = {
    Trouble.UNREACHABLE: "See that name and port are right, and that no firewall is between.",
    Trouble.CERTIFICATE: "Name the server as its certificate does, or let it get a valid one.",
    Trouble.SIGN_IN: "Type the name and the password anew: House, Mail, the mailbox.",
    Trouble.FOLDER: "Name a folder that is there: House, Mail, the mailbox.",
    Trouble.GRANT: "Sign in at the provider anew: House, Mail, the mailbox.",
    Trouble.SECRET: "Type the password or sign in at the provider anew: House, Mail, the mailbox.",
}


def look_at_mail(at: datetime) -> Iterator[Finding]:
    if settings.DEMO:  # it speaks with nobody
        return
    yield from _sender(House.objects.current().address)
    for pickup in Pickup.objects.select_related("mailbox").order_by("mailbox__address", "pk"):
        yield _mailbox(pickup, at)


def _sender(address: str) -> Iterator[Finding]:
    found = looked_up(address)
    domain = found["domain"]
    if "." not in domain or is_loopback(domain):
        return
    if "silent" in found:
        yield warning(
            "sender", f"What the zone of {domain} says could not be asked: no name server answers.",
            "Look again when this machine is online. Mail in and out need it too.",
        )  # fmt: skip
        return
    yield from (_record(domain, said) for said in found["lines"])


def _record(domain: str, said: Said) -> Finding:
    says = f"{said.what} of {domain}: {said.sentence}"
    if said.is_good:
        return good(said.what, says)
    if said.value:
        return warning(said.what, says, f"As TXT record of {said.name}: {said.value}")
    return warning(said.what, says, "House, Mail, How receivers see your mail, shows the record.")


def _mailbox(pickup: Pickup, at: datetime) -> Finding:
    address = pickup.mailbox.address
    try:
        try_box(pickup, at, _SECONDS)
    except Hindered as hindered:
        says = f"Mail of {address} at {pickup.host}: {trouble_said(hindered.trouble)}"
        answer = f" The answer was: {hindered.answer}" if hindered.answer else ""
        return wrong(f"mailbox {address}", f"{says}{answer}", _DO[hindered.trouble])
    return good(
        f"mailbox {address}",
        f"{pickup.host} lets us into the mailbox {address}, and “{pickup.folder}” opens.",
    )
