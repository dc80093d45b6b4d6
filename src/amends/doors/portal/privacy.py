"""The notice of how the house treats what it is told, in the customer's language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from amends.doors.portal.asking import LANGUAGES
from amends.records.house import privacy
from amends.records.house.models import House


@require_safe
def page(request: HttpRequest, language: str = "") -> HttpResponse:
    """Speak the language of the link, unless they chose another in this browser."""
    if language and language not in LANGUAGES:
        raise Http404
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    spoken = chosen if chosen in LANGUAGES else language or translation.get_language() or "en"
    with translation.override(spoken):
        blocks = privacy.notice(House.objects.current(), spoken)
        return render(request, "portal/privacy.html", {"blocks": blocks})
