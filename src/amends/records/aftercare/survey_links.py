"""Links to a survey: signed with a salt of their own, for a time; opening one does nothing."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

from amends.records.house.models import House

_SALT = "amends.survey"


class SurveyLinkUnreadable(Exception):
    """Not a link of ours, or one that is too old to take an answer."""


def survey_token(survey: UUID) -> str:
    return signing.TimestampSigner(salt=_SALT).sign(survey.hex)


def survey_url(survey: UUID) -> str:
    return f"{settings.HOUSE_URL}/survey/{survey_token(survey)}/"


def survey_behind(token: str) -> UUID:
    """Return the key of the survey that the link is for."""
    days = House.objects.current().link_days
    try:
        name = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=timedelta(days=days))
    except signing.BadSignature as bad:
        raise SurveyLinkUnreadable from bad
    return UUID(hex=name)
