"""Where in the house there is one of each: a complaint with all that a case can have, its link."""

import django

django.setup()

from django.db.models import Count  # noqa: E402

from amends.records.complaints.links import token_for  # noqa: E402
from amends.records.complaints.models import Contact  # noqa: E402
from amends.records.complaints.vocabulary import Kind, State  # noqa: E402


def find() -> dict[str, str]:
    """Return the addresses' parts by name: `complaint` a reference, `status` a whole address."""
    complaint = (
        Contact.objects.filter(kind=Kind.COMPLAINT, state=State.OPEN)
        .annotate(
            said=Count("messages", distinct=True),
            promised=Count("complaint__promises", distinct=True),
            points=Count("complaint__points", distinct=True),
        )
        .order_by("-promised", "-points", "-said", "id")[0]
    )
    return {
        "complaint": complaint.reference,
        "status": f"/status/{token_for(complaint)}/",
    }
