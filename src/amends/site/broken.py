"""What is said where no answer could be given: for now only (503), or by a fault of ours (500).

The first shows what was typed and offers to send it again, for it was not kept. It asks the
database nothing: no person, no house.
"""

import logging
import sys

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.views.defaults import bad_request, server_error

from amends.ground.passing import is_passing

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 10
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
# A page that shows what was typed shows nothing of a form with one of these.
_SECRET = ("password", "code", "credential", "secret")
_SHORT = 12
# PostgreSQL keeps none. Forms say so at the field; this is for addresses and whatever is no form.
_A_NUL = "NUL (0x00)"


def page(request: HttpRequest) -> HttpResponse:
    trouble = sys.exception()
    if isinstance(trouble, DataError | ValueError) and _A_NUL in str(trouble):
        return bad_request(request, trouble)
    if not is_passing(trouble):
        return server_error(request)
    log.error("%s %s: not now: %s", request.method, request.path, trouble)
    typed = _typed(request)
    context = {
        "posted": request.method == "POST",
        "where": request.get_full_path(),
        "typed": typed,
        "words": [value for _name, value in typed if _are_words(value)],
        "files": [file.name for _name, files in request.FILES.lists() for file in files]
        if typed
        else [],
        "again_token": get_token(request) if typed else "",
    }
    answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(_AGAIN_SECONDS)
    answer["Cache-Control"] = "no-store"
    # Said above, in a line: Django would add a page of trace for each.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return answer


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the form held, if it was sent from a page of ours and holds no secret."""
    if request.method != "POST" or not _is_from_here(request):
        return []
    sent = [
        (name, value) for name, values in request.POST.lists() if name != _TOKEN for value in values
    ]
    if any(part in name.lower() for name, _value in sent for part in _SECRET):
        return []
    return [(name, str(value)) for name, value in sent]


def _is_from_here(request: HttpRequest) -> bool:
    # It may have broken before this was looked at: nobody gets another site's words to send on.
    guard = CsrfViewMiddleware(lambda _request: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, page, (), {}) is None


def _are_words(value: str) -> bool:
    return len(value) >= _SHORT and any(letter.isspace() for letter in value.strip())
