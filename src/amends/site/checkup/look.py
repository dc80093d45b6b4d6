"""The whole look: whatever breaks while looking is a finding too."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from amends.site.checkup import house
from amends.site.checkup.findings import Finding, Level, wrong
from amends.site.checkup.machine import look_at_machine
from amends.site.checkup.pulse import watched


def look(at: datetime) -> Iterator[Finding]:
    yield from _told("machine", look_at_machine(at))
    pulse = watched(at)
    # Before the first setup there are no tables: that is what to say, not that one is missing.
    if not any(found.name == "database" and found.level == Level.WRONG for found in pulse):
        yield from _told("house", _of_house(at, pulse))
    else:
        yield from pulse


def _of_house(at: datetime, pulse: list[Finding]) -> Iterator[Finding]:
    if house.is_up_to_date():
        yield from pulse
        yield from house.look_at_house(at)
    else:
        yield house.not_up_to_date()


def _told(what: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except Exception as trouble:  # noqa: BLE001 -- who asks what is wrong gets an answer
        yield wrong(
            what, f"Looking at it failed: {type(trouble).__name__}: {trouble}",
            "Mend what stands above first, then look again.",
        )  # fmt: skip
