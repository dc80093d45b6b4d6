"""The way after "send": on to the next best case, or back to this one, as the person prefers."""

from datetime import datetime

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.answers import back_to
from amends.records.complaints.models import Contact
from amends.records.people.models import Person

NEXT, STAY = "next", "stay"
CHOICES = [(NEXT, _("open the next case")), (STAY, _("stay here"))]


class ThenField(forms.ChoiceField):
    """What comes then; a form that doesn't ask stays where it is."""

    def __init__(self) -> None:
        super().__init__(choices=CHOICES, required=False)


def then(contact: Contact, wanted: str, *, by: Person, at: datetime) -> HttpResponseRedirect:
    """Go where the person wants to go, and remember it for the next time."""
    if wanted:
        by.prefer_going_on(wanted == NEXT)
    if wanted != NEXT:
        return back_to(contact)
    following = Contact.objects.next_best_for(by, at, after=contact)
    return back_to(following) if following else HttpResponseRedirect(reverse("desk:my_day"))
