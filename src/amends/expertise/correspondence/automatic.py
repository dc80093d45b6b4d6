"""Was this written by a person, by a machine for one person, or by a machine for many?"""

from __future__ import annotations

import re
from enum import StrEnum

from .headers import Headers, parameters
from .tables import table


class Automatic(StrEnum):
    """Why a mail must not be answered by a machine."""

    AUTO_SUBMITTED = "auto_submitted"
    BULK = "bulk"
    BOUNCE = "bounce"


class Dmarc(StrEnum):
    """What our own mail server found out about the sender's domain."""

    PASS = "pass"  # noqa: S105 (a verdict, not a password)
    FAIL = "fail"
    NONE = "none"


_REPLY_MARKS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response-suppress",
    "x-autoreply-from", "x-mail-autoreply", "x-loop",
)  # fmt: skip
_BULK_MARKS = ("list-id", "list-unsubscribe", "feedback-id", "list-post", "x-mailing-list")
# What may follow the subject of an absence: the subject that it answers.
_AFTER_ABSENCE = frozenset({"", ":", "-", "–", "—"})
_BULK_PRECEDENCE = frozenset({"bulk", "list", "junk"})
_REPLY_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "autoreply", "out-of-office"})
_REPORTERS = re.compile(r"(?i)(?:mailer|mail|maildelivery)-?daemon[^@]*@|mailer-daemon$")
_POSTMASTERS = re.compile(
    r"(?i)(?:postmaster|microsoftexchange[0-9a-f]{32}|mdaemon|system[._-]?administrator"
    r"|mail[._-]?(?:delivery[._-]?(?:sub)?)?system)@"
)
# What gateways put before their subjects: "[Postmaster]", "**".
_TAGS = re.compile(r"(?:\s|\[[^\]]{0,40}\]|[*<>({!#-]){1,20}")
# Of other reports of RFC 6522: that a mail was displayed, or called unwanted by who got it.
_NO_BOUNCE = frozenset({"disposition-notification", "feedback-report", "tlsrpt"})


def automatic(headers: Headers, media_type: str, sender: str, subject: str) -> Automatic | None:
    """Tell machine mail by its headers (RFC 3834, RFC 2919, RFC 8058, RFC 6522).

    A delivery report comes before everything; an automatic reply with a null return path is
    still a reply, so that mark is asked last but one. An absence without any header is told by its
    subject, in the words that programs put there.

    Args:
        headers: of the mail.
        media_type: of the whole mail, such as "multipart/report".
        sender: the address in From.
        subject: decoded.
    """
    if _is_report(headers, media_type, sender, subject):
        return Automatic.BOUNCE
    precedence = headers.first("precedence").strip().lower()
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    is_another_report = media_type == "multipart/report"
    replies = is_another_report or any(headers.has(mark) for mark in _REPLY_MARKS)
    if replies or submitted not in {"", "no"} or precedence in _REPLY_PRECEDENCE:
        return Automatic.AUTO_SUBMITTED
    if _has_no_return(headers):
        return Automatic.BOUNCE
    if precedence in _BULK_PRECEDENCE or any(headers.has(mark) for mark in _BULK_MARKS):
        return Automatic.BULK
    return Automatic.AUTO_SUBMITTED if _says_absent(subject) else None


def _says_absent(subject: str) -> bool:
    begin = subject.strip().casefold()
    rests = (
        begin.removeprefix(phrase).strip()
        for phrase in table("absences.toml")["begins"]
        if begin.startswith(phrase)
    )
    return any(rest[:1] in _AFTER_ABSENCE for rest in rests)


def _is_report(headers: Headers, media_type: str, sender: str, subject: str) -> bool:
    if media_type == "multipart/report":
        _, params = parameters(headers.first("content-type"))
        # Dovecot refuses a mail in the form of a read receipt.
        return params.get("report-type", "").lower() not in _NO_BOUNCE or _is_failure(subject)
    if _REPORTERS.match(sender) or headers.has("x-failed-recipients"):
        return True
    # A subject alone proves nothing: people write of returned mail too.
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    precedence = headers.first("precedence").strip().lower()
    is_machine = submitted not in {"", "no"} or precedence in _BULK_PRECEDENCE
    if not (is_machine or _has_no_return(headers) or _POSTMASTERS.match(sender)):
        return False
    return _is_failure(subject) or _begins(subject, "late")


def _is_failure(subject: str) -> bool:
    return _begins(subject, "failed")


def _begins(subject: str, name: str) -> bool:
    return without_tags(subject).startswith(tuple(table("reports.toml")["subject"][name]))


def without_tags(subject: str) -> str:
    """The subject in lower case without what gateways put before it, such as "[Postmaster]"."""
    found = _TAGS.match(subject)
    return subject[found.end() if found else 0 :].strip().casefold()


def _has_no_return(headers: Headers) -> bool:
    return headers.first("return-path").replace(" ", "") == "<>"


def dmarc(headers: Headers, trusted_authserv: str | None) -> Dmarc:
    """The DMARC result of our own server (RFC 8601).

    Anybody can write Authentication-Results into a mail; only the topmost one, and only if it
    bears the name of the server we trust, was written at our door.

    Args:
        headers: of the mail.
        trusted_authserv: the authserv-id of that server; None trusts nobody.
    """
    value = _without_asides(headers.first("authentication-results")).lower()
    server, _, results = value.partition(";")
    if trusted_authserv is None or server.split()[:1] != [trusted_authserv.lower()]:
        return Dmarc.NONE
    found = {
        verdict.strip().split()[0]
        for method, _, verdict in (entry.partition("=") for entry in results.split(";"))
        if method.strip().partition("/")[0].strip() == "dmarc" and verdict.strip()
    }
    return Dmarc.FAIL if "fail" in found else Dmarc.PASS if found == {"pass"} else Dmarc.NONE


def _without_asides(value: str) -> str:
    """Comments and quoted strings gone: both are places to hide a "dmarc=pass" in."""
    kept: list[str] = []
    depth = 0
    for piece in re.findall(r'(?s)\\.|"(?:[^"\\]|\\.|\\$)*+(?:"|$)|.', value):
        depth = max(0, depth + (piece == "(") - (piece == ")"))
        if depth == 0 and piece != ")" and not piece.startswith('"'):
            kept.append(piece)
    return "".join(kept)
