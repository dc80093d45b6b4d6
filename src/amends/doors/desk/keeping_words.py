"""How long things are kept, and what was deleted, as sentences."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NAMES = {
    "set_aside_days": gettext_lazy("What was set aside as nothing to answer"),
    "draft_days": gettext_lazy("Drafts that nobody touched"),
    "notice_days": gettext_lazy("Notices that were seen"),
    "look_days": gettext_lazy("Who looked, and who signed in"),
}
_KINDS = {
    "set_aside_days": "contacts", "draft_days": "drafts", "notice_days": "notices",
    "look_days": "looks",
}  # fmt: skip
PERIODS = (0, 30, 90, 180, 365, 730)


def kept_for(days: int) -> str:
    said = {0: _("for good"), 365: _("a year"), 730: _("two years")}
    return said.get(days) or ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def would_go(rule: str, count: int) -> str:
    """Say how many would go by a rule."""
    if not count:
        return _("nothing at the moment")
    return _counted(_KINDS[rule], count)


def gone(said: dict[str, Any]) -> str:
    """Say what an event let go."""
    return ", ".join(_counted(kind, said[kind]) for kind in _KINDS.values() if said.get(kind))


def dropped(said: dict[str, Any]) -> str:
    count = said["files"]
    files = ngettext("%(n)s file that nothing named", "%(n)s files that nothing named", count)
    return f"{files % {'n': count}}, {filesizeformat(said['size'])}"


def _counted(kind: str, count: int) -> str:
    if kind == "contacts":
        said = ngettext("%(n)s contact", "%(n)s contacts", count)
    elif kind == "drafts":
        said = ngettext("%(n)s draft", "%(n)s drafts", count)
    elif kind == "looks":
        said = ngettext("%(n)s line of who looked", "%(n)s lines of who looked", count)
    else:
        said = ngettext("%(n)s notice", "%(n)s notices", count)
    return said % {"n": count}
