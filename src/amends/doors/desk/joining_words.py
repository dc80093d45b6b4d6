"""What the timeline says of merging, splitting and moving; who did it stands beside."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "merged": _("Merged into %(reference)s"),
    "merged_here": _("%(reference)s merged into this case"),
    "unmerged": _("Taken apart from %(reference)s"),
    "unmerged_here": _("%(reference)s taken apart again"),
    "closed_with_head": _("Closed together with %(reference)s"),
    "reopened_with_head": _("Open again together with %(reference)s"),
    "split_from": _("Split off from %(reference)s"),
    "split_off": _("%(reference)s split off"),
    "split_undone": _("%(reference)s brought back here"),
    "message_moved": _("Message moved to %(reference)s"),
    "message_came": _("Message moved here from %(reference)s"),
}
ICONS = {
    "merged": "merge", "merged_here": "merge", "unmerged": "split", "unmerged_here": "split",
    "split_from": "split", "split_off": "split", "split_undone": "undo-2",
    "message_moved": "corner-up-right", "message_came": "corner-up-right",
    "closed_with_head": "archive", "reopened_with_head": "rotate-ccw",
}  # fmt: skip
