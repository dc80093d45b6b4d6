"""A worker is paused for longer than its lease, another takes over, and then the first wakes up."""

import json
import random
import signal
import time
from pathlib import Path

from storm.trial import Trial, trial

_PAUSES = 6
_ACCEPTED = """
import json
import django; django.setup()
from collections import Counter
from amends.ground.events.models import Event
told = Event.objects.filter(verb="mail_accepted")
print(json.dumps(Counter(event.data["outgoing"] for event in told)))
"""


def paused(scratch: Path) -> Trial:
    """Pause it once at the worst instant, when its mail has left, and then at random ones."""
    with trial(scratch, "paused", roles=("worker 1",)) as tried:
        house = tried.house
        tried.server.just_before = lambda: house.tell("worker 1", signal.SIGSTOP)
        tried.hand_in(1)
        tried.wait("a mail has left", 60, lambda: tried.server.taken)
        (sent,) = tried.server.taken.values()
        house.start("worker 2")
        tried.hand_in(1, port=1)
        house.let_time_pass()
        tried.wait("the other sends it again", 60, lambda: len(sent) > 1)
        tried.settle()
        since = house.log.stat().st_size if house.log else 0
        house.tell("worker 1", signal.SIGCONT)
        refused = "took longer than its lease"
        tried.wait("the first learns it", 60, lambda: refused in tried.said(since))
        _at_random(tried)
        tried.settle(leases=True)
        for name in ("worker 1", "worker 2"):
            tried.expect(f"{name} lives", house.lives(name))
        told = json.loads(house.does(_ACCEPTED))
        twice = {key for key, times in told.items() if times > 1}
        tried.expect(f"accepted twice: {twice}", not twice)
        # Once is certain; a pause at random may hit the same window.
        tried.count(repeated=1 + _PAUSES)
        tried.expect("the mail that went again is marked", tried.report.repeated)
        return tried


def _at_random(tried: Trial) -> None:
    draw = random.Random(7)
    for turn in range(_PAUSES):
        name = f"worker {1 + turn % 2}"
        for _mail in range(5):
            tried.hand_in(1, port=turn % 2)
        time.sleep(draw.uniform(0, 1))
        tried.house.tell(name, signal.SIGSTOP)
        tried.house.let_time_pass()
        time.sleep(draw.uniform(1, 3))
        tried.house.tell(name, signal.SIGCONT)
