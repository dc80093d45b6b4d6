"""What is told to a customer who asks what is held on them, table by table.

A test knows all that an erasing would take away (traces.py), and fails until it is here, or left
out with a reason. What colleagues wrote or thought among themselves is `inside`: it is theirs to
know too, by article 15, but a lead decides, as it may say things of others.
"""

from dataclasses import dataclass

from django.db.models import Model

from amends.records.aftercare.models import CheckBack, Survey
from amends.records.complaints.models import (
    Assignment,
    Attachment,
    Closing,
    Complaint,
    Contact,
    FaultFinding,
    Merge,
    Message,
    Note,
    Paraphrase,
    Point,
    Reopening,
    Split,
    StepMark,
    Verdict,
)
from amends.records.customers.models import (
    AccountNumber,
    Customer,
    EmailAddress,
    Phone,
    Representative,
)
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy
from amends.records.retention.models import LegalHold

_ACTED = ("at", "actor_kind", "actor_name")


@dataclass(frozen=True)
class Part:
    """One table: its name in the copy, the way from a row to its contact, what is told of it."""

    name: str
    model: type[Model]
    of: str
    fields: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    def told(self, *, with_inside: bool) -> tuple[str, ...]:
        return (*self.fields, *self.inside) if with_inside else self.fields


OF_CASES = (
    Part(
        "case", Contact, "pk",
        ("reference", "channel", "language", "subject", "kind", "received_at", "state", "outcome",
         "closed_at", "answer_due_at"),
        ("next_text", "next_at", "team__name", "person__name", "said_no", "proposal_reason"),
    ),
    Part(
        "complaint", Complaint, "contact", ("story", "goal", "wish"),
        ("wish_words", "expected", "got", "trust", "fault", "severity", "case_cause",
         "cannot_describe", "facts_contradict"),
    ),
    Part(
        "messages", Message, "contact",
        ("id", "at", "direction", "channel", "from_name", "from_address", "to_address", "subject",
         "text", "signature", "quoted", "html", "message_id", "tracking", "dispatched_date",
         "accepted_at", "refused_at", "taken_back_at"),
        ("reached",),
    ),
    Part("files", Attachment, "message__contact", ("id", "message", "name", "media_type", "size")),
    Part(
        "mails_of_ours", Outgoing, "thread",
        ("created_at", "state", "to_address", "to_name", "reply_to", "subject", "body",
         "message_id", "in_reply_to", "references", "attached", "accepted_at", "refused_at"),
        ("server_answer",),
    ),
    Part("what_we_understood", Paraphrase, "complaint__contact",
         (*_ACTED, "text", "points", "answered_at", "right", "correction")),
    Part("promises", Promise, "complaint__contact",
         ("what", "given_at", "due_at", "kept_at", "broken_at", "moved_at", "why_moved")),
    Part("remedies", Remedy, "complaint__contact",
         ("what", "gesture", "cost", "currency", "decided_at", "delivered_at"), ("proof",)),
    Part("surveys", Survey, "complaint__contact",
         ("asked_at", "answered_at", "solved", "recovery", "words", "more", "more_at"),
         ("skipped_because",)),
    Part("check_backs", CheckBack, "complaint__contact",
         ("asked_at", "answered_at", "said_yes", "given_up_at")),
    Part("decisions", Verdict, "contact", (*_ACTED, "kind", "undone_at")),
    Part("ends", Closing, "contact", (*_ACTED, "outcome", "reason", "voided_at"), ("why",)),
    Part("reopenings", Reopening, "contact", (*_ACTED, "words", "not_solved")),
    Part("merges", Merge, "contact", (*_ACTED, "head__reference", "undone_at")),
    Part("splits", Split, "contact", (*_ACTED, "new__reference", "undone_at")),
    Part("points", Point, "complaint__contact", (), ("text", "answered_at", "removed_at")),
    Part("notes", Note, "contact", (), ("at", "author__name", "text")),
    Part("hands", Assignment, "contact", (), (*_ACTED, "team__name", "person__name", "why")),
    Part("steps", StepMark, "complaint__contact", (), ("step", "at", "by_name", "skipped_because")),
    Part("legal_holds", LegalHold, "contact", (), ("at", "why", "review_date", "lifted_at")),
    Part("faults", FaultFinding, "complaint__contact", (), (*_ACTED, "fault", "evidence")),
)  # fmt: skip

OF_CUSTOMERS = (
    Part("customer", Customer, "pk",
         ("name", "company", "kind", "language", "form", "vocative", "since_date"), ("likes",)),
    Part("addresses", EmailAddress, "customer", ("address", "failing_at")),
    Part("phones", Phone, "customer", ("number", "digits")),
    Part("account_numbers", AccountNumber, "customer", ("number",)),
    Part("representatives", Representative, "customer", ("name", "address", "phone"),
         ("relation",)),
    Part("legal_holds", LegalHold, "customer", (), ("at", "why", "review_date", "lifted_at")),
)  # fmt: skip

# What happened that a customer saw or did, and what of it is told; all else on record is inside.
SEEN: dict[str, tuple[str, ...]] = {
    "arrived": ("channel",), "customer_wrote": (), "heard": (), "replied": (), "called": (),
    "called_in_vain": (), "posted": (), "sent_by_itself": (), "decided": ("kind",),
    "promised": ("what",), "promise_kept": ("what",), "promise_broken": ("what",),
    "promise_moved": ("what", "why"), "remedy_delivered": ("what",), "closed": ("outcome",),
    "reopened": ("not_solved", "undelivered"), "survey_answered": (), "mail_accepted": (),
    "mail_refused": (), "redacted": ("why",), "events_erased": (),
}  # fmt: skip

LEFT_OUT = {
    "Draft": "unsent, and the colleague’s own",
    "DraftFile": "unsent, and the colleague’s own",
    "Mention": "its words stand in the note",
    "Notice": "tells a colleague that something happened; what, the case says",
    "RawMail": "the mail itself is in the folder of mails",
    "Message.raw": "the mail itself is in the folder of mails",
    "Outgoing.mime_digest": "the mail itself is in the folder of mails",
    "Attachment.digest": "the file itself is in the folder of files",
    "Complaint.playbook": "a key of the program",
}


def told() -> set[tuple[str, str]]:
    """Return each field that a copy with all that is inside has."""
    parts = (*OF_CASES, *OF_CUSTOMERS)
    return {
        (part.model.__name__, name.partition("__")[0])
        for part in parts for name in part.told(with_inside=True)
    }  # fmt: skip
