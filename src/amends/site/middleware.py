"""The house of the request: its name, and its time, in which all dates are shown and read."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from amends.records.house.models import House

_FOR_PEOPLE = ("/desk/", "/house/", "/me/", "/setup/")
_BEHIND_A_SECOND_FACTOR = ("/desk/", "/house/", "/setup/")


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


def no_nul_in_cookies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Forget a cookie that no browser sends: PostgreSQL can't even look for such a session."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {k: v for k, v in request.COOKIES.items() if "\0" not in v}
        return get_response(request)

    return answer


def language_of_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the person's language on the desk, unless they chose another in this browser."""

    def answer(request: HttpRequest) -> HttpResponse:
        person = request.user
        chosen = "django_language" in request.COOKIES
        if not chosen and person.is_authenticated and request.path.startswith(_FOR_PEOPLE):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        return get_response(request)

    return answer


def second_factor_where_asked(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead to setting up a second factor, where the house asks for one and somebody has none."""

    def answer(request: HttpRequest) -> HttpResponse:
        house = getattr(request, "house", None)
        asked = house is not None and house.second_factor
        guarded = asked and request.path.startswith(_BEHIND_A_SECOND_FACTOR)
        if guarded and request.user.is_authenticated and not _has_second_factor(request):
            return HttpResponseRedirect(f"{reverse('mfa_index')}?asked=1")
        return get_response(request)

    return answer


def _has_second_factor(request: HttpRequest) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=request.user, type__in=kinds).exists())
