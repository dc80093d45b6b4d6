"""What the timeline says of whose a case is; who did it stands beside."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "customer_again": _("%(name)s is the customer again"),
    "stands_alone": _("A case of its own: it belongs to no other"),
    "sender_confirmed": _("The customer is %(name)s"),
    "written_for": _("%(who)s writes for %(name)s"),
    "representative_added": _("%(name)s may write for the customer"),
    "representative_removed": _("%(name)s no longer writes for the customer"),
}
ICONS = {
    "sender_confirmed": "user-check", "customer_again": "undo-2", "stands_alone": "split",
    "written_for": "users", "representative_added": "user-plus",
    "representative_removed": "user-minus",
}  # fmt: skip
