"""What the desk says of notices, and of who is named in a note."""

import re

from django import template
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.records.complaints.models import Note
from amends.records.notices.models import Notice, What

register = template.Library()

_ICONS = {
    What.ASSIGNED: "users", What.CUSTOMER_WROTE: "mail", What.REOPENED: "rotate-ccw",
    What.BOUNCED: "mail-x", What.DUE: "alarm-clock", What.MENTIONED: "at-sign",
}  # fmt: skip


@register.filter
def notice_icon(notice: Notice) -> str:
    return _ICONS[What(notice.what)]


@register.filter
def notice_words(notice: Notice) -> str:
    """Say in some words what happened."""
    if notice.what == What.CUSTOMER_WROTE:
        return ngettext(
            "The customer wrote", "The customer wrote %(count)s times", notice.count
        ) % {"count": notice.count}
    words = {
        What.ASSIGNED: _("Handed to you"),
        What.REOPENED: _("Open again"),
        What.BOUNCED: _("A mail didn’t arrive"),
        What.DUE: _("Due within half an hour of work"),
        What.MENTIONED: _("You are named in a note"),
    }
    return words[What(notice.what)]


@register.filter
def mentioning(note: Note, mentions: object) -> SafeString:
    """Return the note's text with those words marked that name a colleague."""
    text = linebreaks(note.text, autoescape=True)
    named = mentions.get(note.pk, []) if isinstance(mentions, dict) else []
    words = "|".join(re.escape(escape(each)) for each in sorted(named, key=len, reverse=True))
    if words:
        text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", r'<b class="mention">\g<0></b>', text)
    return mark_safe(text)  # noqa: S308 -- escaped above; only our own mark is added
