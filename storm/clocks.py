"""The machine's clock jumps ahead, back, and the hour of summer time comes and goes."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storm.trial import Trial, trial

# Debian's libfaketime; without it this trial is left out, and says so.
LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
# Every worker's leases are of minutes; what lasts longer is stuck.
_CATCHES_UP_SECONDS = 240
_A_DAY_SECONDS = 24 * 3600
_TOLD = """
import json
import django; django.setup()
from datetime import timedelta
from amends.ground import clock
from amends.ground.jobs.models import Job, Recurrence
from amends.records.complaints.models import Contact
from amends.records.post.models import Outgoing
now = clock.now()
late = now + timedelta(hours=1, minutes=5)
print(json.dumps({
    "now": now.isoformat(),
    "stuck": [str(job) for job in Job.objects.unfinished().filter(run_at__gt=late)]
        + [str(act) for act in Recurrence.objects.filter(due_at__gt=late)]
        + [str(mail) for mail in Outgoing.objects.filter(
            state__in=("queued", "sending"), next_try_at__gt=late)],
    "due": {c.reference: [c.messages.filter(direction="in").count(), str(c.answer_due_at)]
        for c in Contact.objects.all()},
}))
"""


class NoLibrary(Exception):
    """libfaketime isn't here."""


def jumps(scratch: Path) -> Trial:
    """Two hours ahead, two back, and through both nights in which Europe changes its clocks."""
    if not LIBRARY.exists():
        raise NoLibrary
    file = scratch / "what time it is"
    file.write_text("+0")
    more = {
        "LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    }  # fmt: skip
    roles = ("worker 1", "worker 2", "web")
    with trial(scratch, "clock", roles=roles, more=more) as tried:
        tried.come_in()
        _goes_on(tried, "before any jump")
        for name, shift in _shifts():
            tried.hand_in(6)
            file.write_text(f"{shift:+d}")
            if abs(shift) > _A_DAY_SECONDS:
                tried.come_in()  # no session lasts for months
            _goes_on(tried, name)
        # What leaves just as a jump ends its lease goes again, and says so.
        tried.count(repeated=len(_shifts()))
        return tried


def _shifts() -> list[tuple[str, int]]:
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    year = now.year + 1
    spring, autumn = _last_sunday(year, 3), _last_sunday(year, 10)
    to_spring = spring - timedelta(seconds=20) - now
    to_autumn = autumn - timedelta(seconds=20) - now
    return [
        (name, int(shift.total_seconds()))
        for name, shift in (
            ("two hours ahead", 2 * hour), ("back again", 0 * hour), ("two hours back", -2 * hour),
            ("into summer time", to_spring), ("out of it", to_autumn),
        )
    ]  # fmt: skip


def _last_sunday(year: int, month: int) -> datetime:
    """Return one o'clock UTC of the month's last Sunday: the clocks change then."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _goes_on(tried: Trial, when: str) -> None:
    """See that new mail is read and answered soon, nothing is stuck, and no promise has moved."""
    before = json.loads(tried.house.does(_TOLD))["due"]
    faults = len(tried.report.faults)
    tried.tell(is_kept=True)
    tried.hand_in(3)
    tried.settle(_CATCHES_UP_SECONDS)
    after = json.loads(tried.house.does(_TOLD))
    tried.expect(f"stuck: {after['stuck']}", not after["stuck"])
    # Whoever wrote again may have moved it: that mail came earlier, by a clock that was put back.
    same = [name for name in before if after["due"][name][0] == before[name][0]]
    moved = [name for name in same if after["due"][name] != before[name]]
    tried.expect(f"the answer to these is due at another time: {moved}", not moved)
    status, page = tried.ask("/desk/cases/")
    tried.expect(f"the agent is still in, and not {status}", status == 200 and "/me/" in page)
    tried.wait("/health finds the worker", 120, lambda: not {"worker", "clock"} & {
        *tried.health()["failing"]
    })  # fmt: skip
    told = tried.report.faults
    told[faults:] = [f"{when}: {fault}" for fault in told[faults:]]
