"""What the case's page says of points: the form that rewords one, and how many stay open."""

import json

from django import template
from django.forms import Form
from django.utils.translation import ngettext

from amends.doors.desk.point_forms import RewordForm
from amends.records.complaints.models import Point

register = template.Library()


@register.filter
def reword_form(point: Point, bound: RewordForm | str | None) -> RewordForm:
    """Return the form that rewords this point: the one that was typed into, or a fresh one."""
    if isinstance(bound, RewordForm) and bound.prefix == f"point-{point.pk}":
        return bound
    return RewordForm(point=point)


@register.simple_tag
def left_open(form: Form) -> dict[str, str]:
    """Say how many points an answer leaves open, now and for every number that may be ticked.

    The browser has no plural forms of four languages, so it is given each sentence.
    """
    points = form.fields["points"].choices  # type: ignore[attr-defined]
    ticked = form["points"].value() or []
    left = sum(1 for key, _text in points if key not in ticked)
    return {"now": _not_answered(left), "each": json.dumps(_sentences(len(points)))}


def _sentences(most: int) -> list[str]:
    return [_not_answered(number) for number in range(most + 1)]


def _not_answered(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)s point not answered", "%(number)s points not answered", number) % {
        "number": number
    }
