"""Plays the stories written by hand: each act in its file calls its method here."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from amends.doors.demo.stage import (
    Answer,
    Cast,
    Stage,
    all_or_nothing,
    person,
    promised,
    put_right,
    team,
)

_AGO = re.compile(r"(?:(\d+)d)?\s*(?:(\d{1,2}):(\d{2}))?(?:(\d+)h)?")
_UNDERSTOOD = ("goal", "wish", "fault", "severity")


def play(story: dict[str, Any], *, now: datetime) -> bool:
    """Play a story up to now, once; False if it has been played before."""
    with all_or_nothing(story["customer"]["email"]) as fresh:
        if fresh:
            Acts(story, now).play()
    return fresh


class Acts:
    """The acts of one story in order; `do` in the file is the method's name."""

    def __init__(self, story: dict[str, Any], now: datetime) -> None:
        self._story = story
        self._now = now
        self._owner = person(story["owner"])
        self._stage = Stage(_cast(story), key=story["slug"], now=now, shown=True)

    def play(self) -> None:
        for act in self._story["act"]:
            getattr(self, f"_{act['do']}")(act, moment(act["ago"], self._now))

    def _arrives(self, act: dict[str, Any], at: datetime) -> None:
        channel = self._story["channel"]
        if channel == "mail":
            self._stage.mail_arrives(subject=act["subject"], text=act["text"], at=at)
        else:
            by = None if channel == "form" else self._owner
            self._stage.told(
                channel=channel, text=act["text"], subject=act["subject"], at=at, by=by
            )
        contact = self._stage.contact
        if contact.person_id != self._owner.pk and len(self._story["act"]) > 1:
            contact.hand_to(
                by=self._owner, at=self._stage.moment(at), person=self._owner,
                team=team(self._story["team"]),
            )  # fmt: skip
        undecided = all(other["do"] != "verdict" for other in self._story["act"])
        if undecided and "complaint" in self._story:
            self._stage.decide("complaint", by=self._owner, at=at)
        if contact.is_complaint:
            self._understand(at)

    def _verdict(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.decide(act["kind"], by=person(act["by"]), at=at)
        if act["kind"] == "complaint" and not self._stage.complaint.points.exists():
            self._understand(at)

    def _understand(self, at: datetime) -> None:
        told = self._story["complaint"]
        facts = {name: told[name] for name in _UNDERSTOOD if name in told}
        self._stage.understand(by=self._owner, at=at, points=told.get("points", []), **facts)

    def _note(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.note(by=person(act["by"]), text=act["text"], at=at)

    def _call(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.call(by=person(act["by"]), text=act["text"], at=at)

    def _reply(self, act: dict[str, Any], at: datetime) -> None:
        answer = Answer(
            text=act["text"],
            promises=(promised(act["promise"], after(at, act["promise_in"])),)
            if "promise" in act
            else (),
            remedies=(put_right(act),) if "remedy" in act else (),
            check_back_at=after(at, act["check_back"]) if "check_back" in act else None,
        )
        self._stage.answer(answer, by=person(act["by"]), at=at)

    def _writes(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.writes(text=act["text"], at=at)

    def _promise_kept(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.promise_kept(by=person(act.get("by", self._story["owner"])), at=at)

    def _remedy_delivered(self, act: dict[str, Any], at: datetime) -> None:
        by = person(act.get("by", self._story["owner"]))
        self._stage.remedy_delivered(by=by, at=at, proof=act.get("proof", ""))

    def _asked(self, _act: dict[str, Any], at: datetime) -> None:
        self._stage.asked(at=at)

    def _silence(self, _act: dict[str, Any], at: datetime) -> None:
        self._stage.silence(at=at)

    def _yes(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.says_yes(words=act.get("text", ""), at=at)

    def _no(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.says_no(words=act.get("text", ""), at=at)

    def _cause(self, act: dict[str, Any], at: datetime) -> None:
        by = person(act.get("by", self._story["owner"]))
        self._stage.complaint.understand(by=by, at=self._stage.moment(at), case_cause=act["text"])

    def _close(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.complaint.close_as_lead(
            by=person(act["by"]), at=self._stage.moment(at), reason=act["reason"], why=act["why"]
        )

    def _on_the_spot(self, act: dict[str, Any], at: datetime) -> None:
        self._stage.complaint.close_on_the_spot(
            by=person(act["by"]), at=self._stage.moment(at), how=act["text"]
        )


def moment(ago: str, now: datetime) -> datetime:
    """Return the moment that "12d 09:14" (days ago, at) or "3h" (hours ago) means."""
    days, hour, minute, hours = _parts(ago)
    if hours:
        return now - timedelta(hours=int(hours))
    return _at(now - timedelta(days=int(days or 0)), hour, minute)


def after(at: datetime, span: str) -> datetime:
    """Return the moment that "2d 12:00" (days later, at) or "3h" (hours later) means."""
    days, hour, minute, hours = _parts(span)
    if hours:
        return at + timedelta(hours=int(hours))
    due = _at(at + timedelta(days=int(days or 0)), hour, minute)
    return due if due > at else at + timedelta(hours=1)


def _parts(text: str) -> tuple[str | None, ...]:
    match = _AGO.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return match.groups()


def _at(day: datetime, hour: str | None, minute: str | None) -> datetime:
    return datetime.combine(day.date(), time(int(hour or 12), int(minute or 0)), day.tzinfo)


def _cast(story: dict[str, Any]) -> Cast:
    told = story["customer"]
    return Cast(
        name=f"{told['first']} {told['last']}",
        address=told.get("email", ""),
        language=story["language"],
        form=told.get("form", "unknown"),
        vocative=told.get("vocative", ""),
        phone=told.get("phone", ""),
        kind=told.get("kind", "consumer"),
        company=told.get("company", ""),
        since=told.get("since"),
    )
