"""Why somebody among many wants an answer of their own, in words."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def apart_because(reason: str) -> str:
    return {
        "merged": _("It follows another case, which is answered instead."),
        "closed": _("It is closed."),
        "no_address": _("We have no mail address of this customer."),
        "language": _("No text can be written here in this customer’s language."),
        "undecided": _("Nobody has decided yet what it is."),
        "not_solved": _("We said it was solved and it wasn’t."),
        "severe": _("It is severe."),
        "answered": _("It was answered already, and the customer hasn’t written since."),
        "promised": _("Something is promised here already."),
    }[reason]
