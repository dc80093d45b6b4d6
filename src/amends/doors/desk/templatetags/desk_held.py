"""Why the flood brake holds a mail, in words."""

from django import template
from django.utils.functional import Promise

from amends.doors.desk.held import WHY
from amends.records.post.models import Outgoing

register = template.Library()


@register.filter
def why_held(mail: Outgoing) -> Promise | str:
    return WHY.get(mail.held_why, "")
