"""A file for somebody's disk: always to be saved, never opened by the browser as a page."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def to_save(
    content: bytes, name: str, media_type: str = "application/octet-stream"
) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    # Where a browser opens it all the same, it can do nothing.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
