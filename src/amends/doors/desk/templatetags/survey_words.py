"""What the case says of a survey's answers."""

from django import template
from django.utils.translation import gettext as _

from amends.records.aftercare.models import Survey
from amends.records.aftercare.models.survey import HIGHEST

register = template.Library()


@register.filter
def further_answers(survey: Survey) -> list[tuple[str, str]]:
    """Return the answers to the further questions, each with its short name."""
    names = {
        "outcome": _("Result made up for it"),
        "treatment": _("Listened to, respected"),
        "procedure": _("Quick and clear"),
        "effort": _("Made easy"),
        "trust": _("Trusts us"),
        "told": _("Times told"),
    }
    return [
        (
            names[name],
            str(step)
            if name == "told"
            else _("%(step)s of %(of)s") % {"step": step, "of": HIGHEST},
        )
        for name, step in survey.more.items()
        if name in names
    ]
