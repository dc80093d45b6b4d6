"""The house's logo, for whoever sees a page of the house."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amends.ground import files
from amends.records.house.models import House


@require_safe
def page(_request: HttpRequest, digest: str) -> HttpResponse:
    house = House.objects.current()
    if not house.logo_digest or digest != house.logo_digest:
        raise Http404
    answer = HttpResponse(files.read(digest), content_type=house.logo_type)
    # By its digest it never changes; opened by itself it can do nothing.
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
