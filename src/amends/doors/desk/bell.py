"""The bell in the frame of every page: what is new, and how much of it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.records.notices.models import Notice
from amends.records.people.models import Person

_LISTED = 8


@dataclass(frozen=True)
class Bell:
    """The newest notices that the person hasn't seen; one query, however many there are."""

    notices: list[Notice]
    has_more: bool
    now: datetime

    @property
    def figure(self) -> str:
        return f"{len(self.notices)}{'+' if self.has_more else ''}" if self.notices else ""

    @property
    def words(self) -> str:
        if self.has_more:
            return _("Notices: more than %(count)s new") % {"count": _LISTED}
        if not self.notices:
            return _("Notices: nothing new")
        count = len(self.notices)
        return ngettext("Notices: %(count)s new", "Notices: %(count)s new", count) % {
            "count": count
        }

    @property
    def all_url(self) -> str:
        return reverse("desk:notices")

    @property
    def seen_url(self) -> str:
        return reverse("desk:notices_seen")

    @property
    def settings_url(self) -> str:
        return reverse("desk:my_notices")


def bell_of(person: Person, at: datetime) -> Bell:
    unseen = Notice.objects.shown_to(person).unseen().newest_first()
    notices = list(unseen[: _LISTED + 1])
    return Bell(notices[:_LISTED], has_more=len(notices) > _LISTED, now=at)
