"""The stance of the house: chosen on House style, said in a line wherever a fault is edited."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.doors.desk.forms import CURRENCY_CHOICES
from amends.doors.desk.house_words import NAMES
from amends.ground.ui.templatetags.amends_ui import money
from amends.records.house.models import House, Stance

STANCES = ("stance", "concede_up_to", "concede_currency")


def stance_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=NAMES["stance"], choices=Stance.choices)


def limit_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=NAMES["concede_up_to"], min_value=1, max_value=100_000,
        help_text=gettext_lazy("What all fixes of a case cost together. For concede first only."),
    )  # fmt: skip


def currency_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=NAMES["concede_currency"], choices=CURRENCY_CHOICES)


def stance_line(house: House) -> str:
    """Say what the stance of the house asks of who says whose fault it is."""
    if house.stance == Stance.NEUTRAL:
        return _("We stay neutral until investigated: a fault needs what shows it.")
    if house.stance == Stance.CONCEDE:
        limit = money(house.concede_up_to, house.concede_currency)
        return _(
            "We concede first: in a plain case the fault is ours once its fixes have a cost of"
            " %(limit)s at most."
        ) % {"limit": limit}
    return _("We go by evidence: not known yet, until somebody finds whose it is.")


def stance_effects(house: House, would_be: House) -> list[dict[str, object]]:
    """Say in words what a change of the stance does, and what it leaves as it is."""
    if all(getattr(house, name) == getattr(would_be, name) for name in STANCES):
        return []
    said = [stance_line(would_be)]
    if would_be.stance == Stance.CONCEDE:
        said.append(
            _("Plain is a case of severity 1 or 2 that is clear. What a person finds stands.")
        )
    said.append(_("Cases keep the fault that they have."))
    return [{"said": one} for one in said]
