"""What SPF, DKIM and DMARC of the sender's address mean for the house, in a sentence each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.expertise.correspondence.sender_records import Finding

_SAID: dict[str, dict[str, str | Promise]] = {
    "SPF": {
        "good": _("It names the servers that may send. Yours has to be among them."),
        "missing": _("It names no server that may send, so your mail may be taken for spam."),
        "twice": _("There are two such records, so none of them counts. Make them one."),
        "open": _("It lets any server send in your name. End the record with ~all."),
        "weak": _("It says nothing of all other servers. End the record with ~all."),
    },
    "DKIM": {
        "good": _("A key is there, by which receivers can tell that you signed a mail."),
        "missing": _(
            "No key was found under the usual names. Your mail server or its provider makes one, "
            "and says what to put where."
        ),
        "ended": _("The key was taken back, so signatures made with it count no more."),
    },
    "DMARC": {
        "good": _("Receivers turn away mail that only pretends to be from you."),
        "missing": _(
            "Nothing says what receivers do with mail that only pretends to be from you. "
            "Large providers ask for this record."
        ),
        "twice": _("There are two such records, so none of them counts. Make them one."),
        "broken": _("The record is there, and what it asks for can’t be read."),
        "watched": _(
            "Receivers tell you of mail that only pretends to be from you, and let it pass. "
            "Later you can ask for more."
        ),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A line of the page: what was found, what it means, and what to put into the zone."""

    what: str
    sentence: str | Promise
    is_good: bool
    record: str
    at: str
    name: str = ""
    value: str = ""


def said(what: str, finding: Finding, *, value: str = "") -> Said:
    is_good = finding.word in {"good", "watched"}
    offer = value if finding.word == "missing" else ""
    return Said(
        what, _SAID[what][finding.word], is_good, finding.record, finding.at,
        finding.at if offer else "", offer,
    )  # fmt: skip
