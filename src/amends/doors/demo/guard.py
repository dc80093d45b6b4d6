"""The demo lets people in without a password, so it lets in only this machine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

_THIS_MACHINE = {"127.0.0.1", "::1"}


def only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def is_here(request: HttpRequest) -> bool:
    """Tell whether the demo runs and who asks sits at this machine."""
    return bool(settings.DEMO) and request.META.get("REMOTE_ADDR") in _THIS_MACHINE
