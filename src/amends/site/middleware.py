"""The house of the request: its name, and its time, in which all dates are shown and read."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from amends.records.house.models import House


def house_of_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/static/"):
            return get_response(request)
        house = House.objects.current()
        request.house = house  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(house.zone)):
            return get_response(request)

    return answer


def language_of_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the person's language on the desk, unless they chose another in this browser."""

    def answer(request: HttpRequest) -> HttpResponse:
        person = request.user
        chosen = "django_language" in request.COOKIES
        if not chosen and person.is_authenticated and request.path.startswith("/desk/"):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        return get_response(request)

    return answer
