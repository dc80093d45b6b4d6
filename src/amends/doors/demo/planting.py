"""What is planted besides the stories: nearly due, bounced, three mails of one, a surge."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from amends.doors.demo import heroes
from amends.doors.demo.company import person
from amends.doors.demo.stage import Answer, Cast, Stage, all_or_nothing, put_right
from amends.ground import clock
from amends.records.answering.answer import send_answer
from amends.records.house.models import House

_NEARLY = timedelta(minutes=40)
_A_FORTNIGHT = timedelta(days=14)
_A_SECOND = timedelta(seconds=1)


def plants(now: datetime) -> list[Callable[[], object]]:
    """What is planted but for the case that is nearly due, each to be called by itself."""
    return [
        lambda: plant_bounced(now),
        lambda: plant_three_mails(now),
        *(lambda mail=mail: plant_one_of_the_surge(mail, now) for mail in _read("surge")["mail"]),
    ]


def plant_nearly_due(now: datetime) -> None:
    """A complaint whose answer is due in 40 minutes of working time, at night as by day."""
    told = _read("cases")["nearly_due"]
    arrives_at = _arrival_for(now)
    with all_or_nothing(told["address"]) as fresh:
        if fresh:
            stage = Stage(_cast(told), key="planted-nearly-due", now=now, shown=True)
            stage.mail_arrives(subject=told["subject"], text=told["text"], at=arrives_at)
            _understand(stage, told, at=arrives_at + timedelta(minutes=20))


def plant_bounced(now: datetime) -> None:
    """An answer that the mail server refuses, for real, as soon as the worker sends it."""
    told = _read("cases")["bounced"]
    with all_or_nothing(told["address"]) as fresh:
        if not fresh:
            return
        owner = person(told["owner"])
        stage = Stage(_cast(told), key="planted-bounced", now=now, shown=True)
        told_at = now - timedelta(hours=5)
        stage.told(
            channel="phone", text=told["text"], subject=told["subject"], at=told_at, by=owner
        )
        _understand(stage, told, at=told_at)
        answer = Answer(text=told["answer"], remedies=(put_right({**told, "delivered": True}),))
        # At the very moment, so that it is the worker who sends it and the server who answers.
        send_answer(stage.contact, answer, by=owner, at=clock.now())


def plant_three_mails(now: datetime) -> None:
    """Three contacts of one person about one thing, none of which names another."""
    told = _read("cases")["three_mails"]
    with all_or_nothing(told["address"]) as fresh:
        if not fresh:
            return
        for number, mail in enumerate(told["mail"]):
            stage = Stage(_cast(told), key=f"planted-three-{number}", now=now, shown=True)
            at = heroes.moment(mail["ago"], now)
            stage.mail_arrives(subject=mail["subject"], text=mail["text"], at=at)


def plant_one_of_the_surge(mail: dict[str, str], now: datetime) -> None:
    with all_or_nothing(mail["address"]) as fresh:
        if fresh:
            cast = Cast(name=mail["name"], address=mail["address"], language=mail["language"])
            local = mail["address"].partition("@")[0]
            stage = Stage(cast, key=f"planted-surge-{local}", now=now, shown=True)
            at = heroes.moment(mail["ago"], now)
            stage.mail_arrives(subject=mail["subject"], text=mail["text"], at=at)


def _understand(stage: Stage, told: dict[str, Any], *, at: datetime) -> None:
    owner = person(told["owner"])
    stage.decide("complaint", by=owner, at=at)
    if stage.contact.person_id is None:
        stage.contact.take(by=owner, at=stage.moment(at))
    stage.understand(
        by=owner, at=at, points=[], goal=told["goal"], wish=told["wish"],
        severity=told["severity"], fault="ours",
    )  # fmt: skip


def _arrival_for(now: datetime) -> datetime:
    """When a mail came whose answer is due 40 working minutes from now."""
    house = House.objects.current()
    calendar, hours = house.calendar(), timedelta(hours=house.answer_hours)
    due_at = calendar.add(now, _NEARLY)
    early, late = due_at - _A_FORTNIGHT, due_at
    while late - early > _A_SECOND:
        middle = early + (late - early) / 2
        if calendar.between(middle, due_at) >= hours:
            early = middle
        else:
            late = middle
    return early.astimezone(now.tzinfo)


def _cast(told: dict[str, Any]) -> Cast:
    return Cast(
        name=told["name"], address=told["address"], language=told["language"],
        form=told["form"], vocative=told["vocative"], phone=told.get("phone", ""),
    )  # fmt: skip


@cache
def _read(name: str) -> dict[str, Any]:
    source = files("amends.doors.demo") / "company" / "planted" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
