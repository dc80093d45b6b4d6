"""/health, for whatever stands before the web: 200 while it can answer people, else 503.

It stands before all other middleware: a database that is away is no error of this page, and a
balancer asks by the number of the machine, which is no name of the house. What is only slow or
stuck stays 200, for taking the web away mends nothing; it is named, and an alarm tells of it.
"""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from amends.ground import clock
from amends.site.checkup.findings import Level
from amends.site.checkup.pulse import watched

PATH = "/health"


def health_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        return _health() if request.path == PATH else get_response(request)

    return answer


def _health() -> HttpResponse:
    try:
        findings = watched(clock.now())
        failing = [found.name for found in findings if found.level == Level.WRONG]
    except DatabaseError:
        failing = ["database"]
    down = "database" in failing
    state = "down" if down else "failing" if failing else "good"
    told = {"state": state, "failing": failing}
    return JsonResponse(told, status=503 if down else 200, headers={"Cache-Control": "no-store"})
