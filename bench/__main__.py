"""bin/bench: intake of mail beside the standard library's reading, and the desk's pages."""

import email
import email.policy
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import django

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from amends.doors.demo.company import open_company, person  # noqa: E402
from amends.records.complaints.models import Contact  # noqa: E402
from bench.intake import measure_intake  # noqa: E402
from bench.large import fill_house  # noqa: E402
from bench.serving import measure_memory, measure_throughput  # noqa: E402

_ROUNDS, _FEW = 15, 200
_YARDSTICK = (
    b"Subject: =?utf-8?q?Za=C5=BC=C3=B3=C5=82=C4=87?=\nFrom: a@b.example\n"
    b"Content-Type: text/plain; charset=utf-8\n\n" + "Zażółć gęślą jaźń.\n".encode() * 20
)


def main(mails: int, *sizes: int) -> None:
    measure_intake(Path(os.environ["AMENDS_HOME"]).parent, mails)
    open_company(timezone.now())
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person("ana"))
    session = browser.cookies["sessionid"].value
    measure_memory(Path(os.environ["AMENDS_HOME"]).parent, session)
    fill_house(_FEW, now=timezone.now())
    _measure_pages(browser)
    for size in sizes:
        fill_house(size - Contact.objects.count(), now=timezone.now())
        _measure_pages(browser)
        measure_throughput(session)


def _parse_all(mails: list[bytes]) -> None:
    for content in mails:
        mail = email.message_from_bytes(content, policy=email.policy.default)
        mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def _measure_pages(browser: Client) -> None:
    some = Contact.objects.order_by("id")[0].reference
    pages = {
        "My day": "/desk/",
        "Cases, 25 rows": "/desk/cases/",
        "Cases, all states": "/desk/cases/?state=all",
        "Search, an inflected word": "/desk/cases/?q=telefonu",
        "One case": f"/desk/cases/{some}/",
        "Figures": "/desk/figures/",
        "The form to complain": "/",
    }
    print(f"Pages with {Contact.objects.count()} contacts, median of {_ROUNDS}, in this process")
    yardstick = _median(lambda: _parse_all([_YARDSTICK] * 20))
    for name, url in pages.items():
        took = _median(lambda url=url: browser.get(url))  # type: ignore[misc]
        print(f"  {name:28}{took:7.0f} ms  {took / yardstick:5.2f} × the yardstick")
    print(f"  {'(20 mails parsed by the library: the yardstick)':45}{yardstick:7.1f} ms")


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _round in range(_ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


if __name__ == "__main__":
    main(*([int(size) for size in sys.argv[1:]] or [2_000]))
