"""Where the words and names of a customer stand, table by table; a test knows all others.

Words that were there become a dash, so that what had words and what had none can still be told
apart and counted. What names somebody becomes empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Cast, Concat

from amends.records.aftercare.models import Survey
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
from amends.records.notices.models import Mention, Notice
from amends.records.post.models import Outgoing, RawMail
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy
from amends.records.retention.models import LegalHold
from amends.records.writing.models import Draft, DraftFile

DASH = "—"


@dataclass(frozen=True)
class Trace:
    """One table: the way from a row to its contact, what becomes a dash, what becomes what."""

    model: type[Model]
    of: str
    words: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def erase(self, contacts: QuerySet[Contact]) -> None:
        dashes = {
            name: Case(When(**{name: ""}, then=Value("")), default=Value(DASH))
            for name in self.words
        }
        rows = self.model._default_manager.filter(**{f"{self.of}__in": contacts})  # noqa: SLF001
        rows.update(**dashes, **self.values)


# By the order in which they are erased: a mail's bytes are let go before what they were read into.
TRACES = (
    Trace(Contact, "pk", ("subject", "next_text")),
    Trace(Complaint, "contact", ("story", "goal", "wish_words", "expected", "got")),
    Trace(
        Message, "contact", ("subject", "text", "signature", "quoted"),
        {
            "from_name": "", "from_address": "", "to_address": "", "html": "", "message_id": "",
            "tracking": "", "raw": None,
        },
    ),
    Trace(Point, "complaint__contact", ("text",)),
    Trace(Note, "contact", ("text",)),
    Trace(Mention, "note__contact", ("words",)),
    Trace(StepMark, "complaint__contact", ("skipped_because",), {"by_name": ""}),
    Trace(Assignment, "contact", ("why",)),
    Trace(Closing, "contact", ("why",)),
    Trace(Reopening, "contact", ("words",)),
    Trace(FaultFinding, "complaint__contact", ("evidence",)),
    Trace(Paraphrase, "complaint__contact", ("text", "correction"), {"points": []}),
    Trace(Promise, "complaint__contact", ("what", "why_moved")),
    Trace(Remedy, "complaint__contact", ("what", "proof")),
    Trace(Survey, "complaint__contact", ("words",), {"more": {}}),
    Trace(
        Outgoing, "thread", ("subject", "body", "server_answer"),
        {
            "to_address": "", "to_name": "", "reply_to": "", "in_reply_to": "", "references": [],
            "attached": [], "mime_digest": "",
            # No two mails have the same.
            "message_id": Concat(Value("erased."), Cast(F("pk"), CharField())),
        },
    ),
)  # fmt: skip

# Rows that say who did it: what a customer did was done by a customer, and nobody else.
ACTED: tuple[tuple[type[Model], str], ...] = (
    (Verdict, "contact"), (Assignment, "contact"), (Merge, "contact"), (Split, "contact"),
    (Closing, "contact"), (Reopening, "contact"), (FaultFinding, "complaint__contact"),
    (Paraphrase, "complaint__contact"),
)  # fmt: skip

# Rows that go whole.
OF_CONTACTS: tuple[tuple[type[Model], str], ...] = (
    (Attachment, "message__contact"), (DraftFile, "draft__contact"), (Draft, "contact"),
    (Notice, "contact"), (LegalHold, "contact"),
)  # fmt: skip
OF_CUSTOMERS: tuple[type[Model], ...] = (
    EmailAddress, Phone, AccountNumber, Representative, LegalHold,
)  # fmt: skip

NOBODY = {
    "name": "", "company": "", "vocative": "", "likes": "", "since_date": None,
    "form": Customer.Form.UNKNOWN,
}  # fmt: skip


def erase_who_acted(contacts: QuerySet[Contact]) -> None:
    for model, of in ACTED:
        rows = model._default_manager.filter(Q(actor_kind="customer"), **{f"{of}__in": contacts})  # noqa: SLF001
        rows.update(actor_key=None, actor_name="")


def covered() -> set[tuple[str, str]]:
    """Return each field that an erasing empties, by the names of its table and its own."""
    told = {(t.model.__name__, name) for t in TRACES for name in (*t.words, *t.values)}
    told |= {(model.__name__, "actor_name") for model, _of in ACTED}
    whole = [model for model, _of in OF_CONTACTS] + [*OF_CUSTOMERS, RawMail]
    told |= {(model.__name__, one.name) for model in whole for one in model._meta.fields}  # noqa: SLF001
    return told | {("Customer", name) for name in NOBODY}
