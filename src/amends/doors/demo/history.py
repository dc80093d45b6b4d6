"""Nine months of contacts, drawn from the stock by one seed and played through the verbs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from amends.doors.demo.course import Course
from amends.doors.demo.plot import Plot, agent_of, fault_of, fill, later, letter_of, slots_of
from amends.doors.demo.stage import Answer, Cast, Stage, all_or_nothing
from amends.doors.demo.stock import LANGUAGES, invent_customer
from amends.records.notices.models import Notice

CONTACTS = 2_000
_SEED = 20_010_305
_DAYS = 270
_SHARES = (62, 14, 10, 14)  # per cent of pl, sk, ru, en


def plots(now: datetime, contacts: int = CONTACTS) -> list[Plot]:
    """Return all plots, the latest first; the same for the same day, however often it is called."""
    made = [_plot(number, now, contacts) for number in range(contacts)]
    return sorted(made, key=lambda plot: plot.arrives_at, reverse=True)


def play(plot: Plot, *, now: datetime) -> bool:
    """Play one contact of the history, once; False if it has been played before."""
    invented = invent_customer(plot.language, plot.draw)
    with all_or_nothing(plot.address) as fresh:
        if not fresh:
            return False
        known = plot.draw.random() < 0.6  # noqa: PLR2004 -- of most one knows how to address them
        form = {"f": "feminine", "m": "masculine"}[invented.gender] if known else "unknown"
        cast = Cast(
            name=invented.name, address=plot.address, language=plot.language, form=form,
            vocative=invented.vocative if known else "", since=2014 + plot.draw.randrange(11),
        )  # fmt: skip
        stage = Stage(cast, key=plot.key, now=now)
        _PLAYS[plot.kind](plot, stage)
        # What the past told is no news: the bell of the demo begins with its heroes.
        Notice.objects.unseen().filter(contact=stage.contact).update(seen_at=now)
    return True


def _plot(number: int, now: datetime, contacts: int) -> Plot:
    draw = Random(_SEED + number)  # noqa: S311 -- a demo is to be the same each time
    language = draw.choices(LANGUAGES, weights=_SHARES)[0]
    kind = draw.choices(
        ("complaint", "question", "thanks", "bulk", "undecided"), weights=(58, 24, 7, 11, 0)
    )[0]
    # A little more each month, and of the last days enough that the desk is busy.
    age = _DAYS * (1 - (number / contacts) ** 0.8)
    at = now - timedelta(days=age)
    at = at.replace(
        hour=8 + draw.randrange(11), minute=draw.randrange(60), second=draw.randrange(60)
    )
    if at > now - timedelta(hours=1):
        at = now - timedelta(minutes=20 + draw.randrange(600))
    if at > now - timedelta(hours=9) and kind in {"complaint", "question", "thanks"}:
        kind = "undecided"
    return Plot(number, language, kind, at, draw)


def _play_bulk(plot: Plot, stage: Stage) -> None:
    mail = plot.draw.choice(plot.words.bulk)
    stage.bulk_arrives(
        subject=mail["subject"], text=mail["text"], at=plot.arrives_at,
        automatic=bool(mail.get("automatic")),
    )  # fmt: skip
    decided_at = later(plot, plot.arrives_at, 1, 20)
    if decided_at < stage.now:
        stage.decide("nothing", by=agent_of(plot), at=decided_at)


def _play_thanks(plot: Plot, stage: Stage) -> None:
    mail = plot.draw.choice(plot.words.thanks)
    stage.mail_arrives(subject=mail["subject"], text=mail["text"], at=plot.arrives_at)
    stage.decide("nothing", by=agent_of(plot), at=later(plot, plot.arrives_at, 1, 6))


def _play_question(plot: Plot, stage: Stage) -> None:
    asked = plot.draw.choice(plot.words.questions)
    filled = slots_of(plot, plot.arrives_at)
    stage.mail_arrives(
        subject=fill(asked["subject"], filled), text=fill(asked["text"], filled),
        at=plot.arrives_at,
    )  # fmt: skip
    by, at = agent_of(plot), later(plot, plot.arrives_at, 1, 20)
    stage.decide("question", by=by, at=at)
    text = letter_of(plot, stage, fill(asked["answer"], filled), by)
    stage.answer(Answer(text=text), by=by, at=at + timedelta(minutes=6))


def _play_undecided(plot: Plot, stage: Stage) -> None:
    pool = plot.words.complaints if plot.draw.random() < 0.7 else plot.words.questions  # noqa: PLR2004
    told = plot.draw.choice(pool)
    filled = slots_of(plot, plot.arrives_at)
    stage.mail_arrives(
        subject=fill(told["subject"], filled), text=fill(told["text"], filled),
        at=plot.arrives_at,
    )  # fmt: skip


def _play_complaint(plot: Plot, stage: Stage) -> None:
    told = plot.draw.choice(plot.words.complaints)
    filled = slots_of(plot, plot.arrives_at)
    _arrive(plot, stage, told, filled)
    by = agent_of(plot)
    decided_at = later(plot, plot.arrives_at, 1, 5)
    stage.decide("complaint", by=by, at=decided_at)
    if stage.contact.person_id is None:
        stage.contact.take(by=by, at=stage.moment(decided_at))
    stage.understand(
        by=by, at=decided_at, points=[], goal=fill(told["goal"], filled), wish=told["wish"],
        severity=told["severity"], fault=fault_of(plot),
    )  # fmt: skip
    Course(plot, stage, by, told["topic"], filled).run(decided_at)


def _arrive(plot: Plot, stage: Stage, told: dict[str, Any], filled: dict[str, str]) -> None:
    channel = plot.draw.choices(("mail", "form", "phone", "counter"), weights=(66, 18, 11, 5))[0]
    subject, text = fill(told["subject"], filled), fill(told["text"], filled)
    if channel == "mail":
        stage.mail_arrives(subject=subject, text=text, at=plot.arrives_at)
    else:
        by = None if channel == "form" else agent_of(plot)
        stage.told(channel=channel, text=text, subject=subject, at=plot.arrives_at, by=by)


_PLAYS: dict[str, Callable[[Plot, Stage], None]] = {
    "bulk": _play_bulk,
    "thanks": _play_thanks,
    "question": _play_question,
    "undecided": _play_undecided,
    "complaint": _play_complaint,
}
