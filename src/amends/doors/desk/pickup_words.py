"""How the picking up of mail goes, in a sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.ground.ui.templatetags.amends_time import ago
from amends.records.post.models import Pickup
from amends.records.post.models.pickup import Security, Trouble

SECURITY = [
    (Security.TLS, gettext_lazy("from the first byte on (TLS)")),
    (Security.STARTTLS, gettext_lazy("after a greeting (STARTTLS)")),
    (Security.NONE, gettext_lazy("not at all, for a server on this machine")),
]
_TROUBLES = {
    Trouble.UNREACHABLE: gettext_lazy("The server can’t be reached."),
    Trouble.CERTIFICATE: gettext_lazy(
        "The server can’t prove who it is, so it was not told the password."
    ),
    Trouble.SIGN_IN: gettext_lazy("The server refuses this name or this password."),
    Trouble.FOLDER: gettext_lazy("A folder is not there, or it can’t be opened."),
    Trouble.FILING: gettext_lazy("Mail comes in, but one can’t be moved to its folder."),
    Trouble.GRANT: gettext_lazy("The provider gives no permission any more. Sign in there anew."),
    Trouble.SECRET: gettext_lazy(
        "The password can’t be opened with the house’s key. Type it anew."
    ),
    Trouble.KEEPING: gettext_lazy("A mail could not be kept here. The server still has it."),
}  # fmt: skip


@dataclass(frozen=True)
class HowItGoes:
    said: str
    is_broken: bool = False
    answer: str = ""
    next_try: str = ""


def trouble_said(trouble: Trouble) -> str:
    return str(_TROUBLES[trouble])


def how_it_goes(pickup: Pickup, now: datetime) -> HowItGoes:
    if pickup.trouble:
        since = _("Since: %(moment)s.") % {"moment": ago(pickup.trouble_since_at, now)}
        next_try = _("Next try: %(moment)s.") % {"moment": ago(pickup.due_at, now)}
        said = f"{trouble_said(Trouble(pickup.trouble))} {since}"
        return HowItGoes(said, True, pickup.trouble_answer, next_try)
    if pickup.looked_at is None:
        return HowItGoes(_("Nobody has looked there yet."))
    return HowItGoes(_("Last look: %(moment)s.") % {"moment": ago(pickup.looked_at, now)})
