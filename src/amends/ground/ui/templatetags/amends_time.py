"""Moments in words: in the house's time zone, in the reader's language, short or whole."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

register = template.Library()

# How each language writes a day, as Babel's letters; the first with the year left out.
_SHORT = {"sk": "EEE d. M."}
_WHOLE = {"pl": "EEEE, d MMMM", "ru": "EEEE, d MMMM", "sk": "EEEE d. MMMM"}
_OTHER_YEAR = {"sk": "d. M. yyyy"}


@register.filter
def due(moment: datetime | None, now: datetime) -> str:
    """Say by when: "today 12:00", "Fri 5 Dec 12:00"; what is over, since when."""
    if moment is None:
        return ""
    if moment < now:
        return _since(moment, now)
    return _said(moment, now)


@register.filter
def ago(moment: datetime | None, now: datetime) -> str:
    """Say when it was: "today 18:02", "yesterday 18:02", "Fri 5 Dec 18:02"."""
    return _said(moment, now) if moment else ""


@register.filter
def is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment < now


@register.filter
def is_today(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and _days_apart(moment, now) == 0


@register.filter
def day_heading(moment: datetime, now: datetime) -> str:
    """Head a day of a timeline: "Today", "Yesterday", else the whole day."""
    near = {0: gettext("Today"), -1: gettext("Yesterday"), 1: gettext("Tomorrow")}
    return near.get(_days_apart(moment, now)) or whole_day(moment, now)


@register.filter
def whole_day(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Say the day in full, as to a customer: "Friday 5 December"; with the year when it differs."""
    if moment is None:
        return ""
    day = _local(moment).date() if isinstance(moment, datetime) else moment
    pattern = _WHOLE.get(_language(), "EEEE d MMMM")
    if now is not None and day.year != _local(now).year:
        pattern += " yyyy"
    return str(format_date(day, pattern, locale=_language()))


@register.filter
def short_day(day: date) -> str:
    """Say the day and the month: "24 November"."""
    pattern = "d. MMMM" if _language() == "sk" else "d MMMM"
    return str(format_date(day, pattern, locale=_language()))


@register.filter
def letter_day(moment: datetime | date) -> str:
    """Say the day as a letter on paper is dated: "25 November 2026"."""
    day = _local(moment).date() if isinstance(moment, datetime) else moment
    pattern = "d MMMM yyyy" if _language() == "en" else "long"
    return str(format_date(day, pattern, locale=_language()))


@register.filter
def whole_moment(moment: datetime | None) -> str:
    """Say day and hour in full, as to a customer: "Friday 5 December, 12:00"."""
    if moment is None:
        return ""
    pattern = _WHOLE.get(_language(), "EEEE d MMMM") + ", HH:mm"
    return str(format_datetime(_local(moment), pattern, locale=_language()))


@register.filter
def hour(moment: datetime | None) -> str:
    return f"{_local(moment):%H:%M}" if moment else ""


@register.filter
def year(day: date | None) -> str:
    return str(day.year) if day else ""


def _said(moment: datetime, now: datetime) -> str:
    named = {
        0: pgettext("moment", "today %(hour)s"),
        1: pgettext("moment", "tomorrow %(hour)s"),
        -1: pgettext("moment", "yesterday %(hour)s"),
    }
    words = named.get(_days_apart(moment, now))
    if words:
        return words % {"hour": hour(moment)}
    if abs(_days_apart(moment, now)) > 330:  # noqa: PLR2004 -- near a year the day alone misleads
        return _day(moment, _OTHER_YEAR.get(_language(), "d MMM yyyy"))
    return f"{_day(moment, _SHORT.get(_language(), 'EEE d MMM'))} {hour(moment)}"


def _since(moment: datetime, now: datetime) -> str:
    apart = _days_apart(moment, now)
    if apart == 0:
        return gettext("since %(hour)s") % {"hour": hour(moment)}
    if apart == -1:
        return gettext("since yesterday")
    # Days, not dates: a date after "since" would have to be declined.
    return _days_late(-apart)


def _days_late(days: int) -> str:
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _days_apart(moment: datetime, now: datetime) -> int:
    return (_local(moment).date() - _local(now).date()).days


def _day(moment: datetime, pattern: str) -> str:
    return str(format_date(_local(moment).date(), pattern, locale=_language()))


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
