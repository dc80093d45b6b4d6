"""All that recurs. Two workers never run the same act at once; a killed one's falls due again."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from amends.doors.mail.reading import read_overlooked
from amends.ground.jobs.models import SMALL_STEP, Job, Recurrence
from amends.ground.passing import is_passing
from amends.records.aftercare.models import CheckBack, Survey
from amends.records.complaints import routing
from amends.records.house.models import House
from amends.records.notices.due import tell_of_what_is_due
from amends.records.notices.mailing import mail_notices
from amends.records.post import turned_back
from amends.records.retention.letting_go import let_go
from amends.records.retention.sweeping import STARTS, Dropped, note_dropped, sweep
from amends.site.checkup import alarm

log = logging.getLogger(__name__)

_LONGEST_ROUND_SECONDS = 10
_A_ROUND = 50
_FROM_HOUR, _TO_HOUR = 1, 5
_LONGEST_SWEEP_SECONDS = 3


@dataclass(frozen=True)
class Recurring:
    """An act that finds what is due at the moment it is given, and is safe to run twice."""

    name: str
    every: timedelta
    act: Callable[[datetime], object]


def forget_done_jobs(now: datetime) -> None:
    Job.objects.forget_done(before=now - timedelta(days=2))


def ask_check_backs(now: datetime) -> None:
    """Ask what was approved, in working time: nobody is asked at night whether it is solved."""
    calendar = House.objects.current().calendar()
    if calendar.next_working_moment(now) > now:
        return
    for check_back in CheckBack.objects.due(now).with_contact()[:_A_ROUND]:
        check_back.ask(at=now)


def give_up_check_backs(now: datetime) -> None:
    for check_back in CheckBack.objects.unanswered(now).with_contact()[:_A_ROUND]:
        check_back.give_up(at=now)


def ask_surveys(now: datetime) -> None:
    for survey in Survey.objects.due(now).with_contact()[:_A_ROUND]:
        survey.ask(at=now)


def move_on_from_absent(now: datetime) -> None:
    zone = ZoneInfo(House.objects.current().zone)
    routing.move_on_from_absent(now.astimezone(zone).date(), now)


def bring_forward(now: datetime) -> None:
    """Let nothing wait that was dated before a clock was put back, and is read or written since."""
    Job.objects.bring_forward(now)
    turned_back.bring_forward(now)


def let_go_at_night(now: datetime) -> None:
    """Let a batch go that the house keeps no longer, and drop files that nothing names.

    Each round is a batch, so that a killed worker loses nothing and the next round goes on.
    """
    if not _FROM_HOUR <= now.astimezone(ZoneInfo(House.objects.current().zone)).hour < _TO_HOUR:
        return
    let_go(now)
    # Each round begins elsewhere, so that a very large house is gone through in some nights.
    first = int(now.timestamp()) // 60 % len(STARTS)
    began, dropped = time.monotonic(), Dropped()
    for start in STARTS[first:] + STARTS[:first]:
        dropped += sweep(start)
        if time.monotonic() - began > _LONGEST_SWEEP_SECONDS:
            break
    note_dropped(dropped, at=now)


TABLE: tuple[Recurring, ...] = (
    Recurring("ask check-backs", timedelta(seconds=30), ask_check_backs),
    Recurring("give up check-backs", timedelta(minutes=5), give_up_check_backs),
    Recurring("ask surveys", timedelta(minutes=5), ask_surveys),
    Recurring("move on from absent", timedelta(minutes=1), move_on_from_absent),
    Recurring("tell of what is due", timedelta(minutes=1), tell_of_what_is_due),
    Recurring("mail notices", timedelta(minutes=1), mail_notices),
    Recurring("read overlooked mail", timedelta(minutes=10), read_overlooked),
    Recurring("bring forward", timedelta(minutes=1), bring_forward),
    Recurring("let go at night", timedelta(minutes=3), let_go_at_night),
    Recurring("sound the alarm", timedelta(minutes=1), alarm.sound),
    Recurring("forget done jobs", timedelta(hours=1), forget_done_jobs),
)


def run_due(now: datetime, table: tuple[Recurring, ...] = TABLE) -> int:
    """Run what is due and return how many acts were run; one that fails doesn't stop the others."""
    known = dict(Recurrence.objects.values_list("name", "last_run_at"))
    _note_new([new for new in table if new.name not in known], now)
    _see_to_the_clock(filter(None, known.values()), now)
    acts = {recurring.name: recurring for recurring in table}
    began = time.monotonic()
    count = 0
    for recurrence in Recurrence.objects.due(now).filter(name__in=acts):
        if recurrence.claim(now):
            _run(acts[recurrence.name], recurrence, now)
            count += 1
        if time.monotonic() - began > _LONGEST_ROUND_SECONDS:
            break
    return count


def _note_new(new: list[Recurring], now: datetime) -> None:
    if new:
        Recurrence.objects.bulk_create(
            [Recurrence(name=one.name, due_at=now) for one in new], ignore_conflicts=True
        )


def _see_to_the_clock(last_runs: Iterable[datetime], now: datetime) -> None:
    """Where something ran in the time to come, the clock was put back: set right what waits."""
    ahead = max(last_runs, default=now) - now
    if ahead < SMALL_STEP:
        return
    log.warning("the clock was put back by %s: what waits is counted from now", ahead)
    with transaction.atomic():
        Job.objects.set_right(now)
        turned_back.set_right(now)
        Recurrence.objects.set_right(now)


def _run(recurring: Recurring, recurrence: Recurrence, now: datetime) -> None:
    try:
        recurring.act(now)
    except Exception as error:
        said, trace = str(error).strip(), not is_passing(error)
        log.exception("%s failed: %s", recurring.name, said, exc_info=trace)
        recurrence.fail(now)
    else:
        recurrence.finish(now, recurring.every)
