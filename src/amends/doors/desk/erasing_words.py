"""What an erasing takes away, counted in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.records.retention import erasing, extract, models, redacting

SENTENCES: dict[type[Exception], Any] = {
    erasing.AlreadyErased: _("This customer was erased already."),
    erasing.CasesOpen: _(
        "A case of this customer is still open. Close it first: what we owe can’t be kept to "
        "somebody whom nobody knows any more."
    ),
    erasing.OnHold: _("A legal hold stands on it. Lift it first, if it has served."),
    models.CaseAlreadyHeld: _("This case is held already."),
    models.AlreadyHeld: _("This customer is held already."),
    models.AlreadyLifted: _("The hold was lifted already."),
    models.NobodyToHold: _("This customer was erased already."),
    redacting.NothingToRedact: _("Tick the words or a file first."),
    redacting.OnlyALeadRedacts: _("Redacting is for a lead."),
    redacting.ReasonNotSaid: _("Say why in a sentence; it stays on record."),
    erasing.MailUnderway: _(
        "A mail to this customer has not left yet. Try again in a few minutes."
    ),
    extract.NotForThisLead: _("A copy is for a lead who sees every case of this customer."),
    erasing.ForSomebodyElse: _("Ask another administrator to erase this customer."),
}


def counted(counts: Mapping[str, int]) -> list[str]:
    """Say how many of each there are, leaving out what there is none of."""
    return [_said(what, count) for what, count in counts.items() if count]


def _said(what: str, count: int) -> str:
    said = {
        "cases": ngettext("%(n)s case", "%(n)s cases", count),
        "messages": ngettext("%(n)s message", "%(n)s messages", count),
        "notes": ngettext("%(n)s note", "%(n)s notes", count),
        "drafts": ngettext("%(n)s draft", "%(n)s drafts", count),
        "files": ngettext("%(n)s file", "%(n)s files", count),
        "mails": ngettext("%(n)s mail as it came", "%(n)s mails as they came", count),
        "reach": ngettext("%(n)s address or number", "%(n)s addresses and numbers", count),
    }
    return said[what] % {"n": count}
