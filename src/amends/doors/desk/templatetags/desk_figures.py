"""Figures on a page: a bar beside a number, and spans of time in words."""

from babel.dates import format_interval
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amends.records.insights.plain import Age, Week

register = template.Library()


@register.simple_tag
def bar(count: int, whole: int) -> SafeString:
    """Draw the count as a part of the whole; the number stands beside, so it is only looks."""
    width = round(100 * count / whole, 1) if whole else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6"/></svg>',
        width,
    )


@register.filter
def age_words(age: Age) -> str:
    if age.until_day is None:
        first = age.from_day
        return ngettext("%(days)s day and more", "%(days)s days and more", first) % {"days": first}
    if age.until_day == 1:
        return _("today")
    last = age.until_day - 1
    span = {"first": age.from_day, "last": last}
    return ngettext("%(first)s to %(last)s day", "%(first)s to %(last)s days", last) % span


@register.filter
def week_words(week: Week) -> str:
    """Return the week as its days: 16 – 22 Nov."""
    language = get_language() or "en"
    # Days stand before months everywhere else here too.
    locale = "en_GB" if language == "en" else language
    return str(format_interval(week.monday, week.sunday, "MMMd", locale=locale))
