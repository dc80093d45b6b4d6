"""Nine months of contacts, drawn from the stock by one seed and played through the verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from amends.doors.demo.stage import Answer, Cast, Stage, all_or_nothing, person, promised
from amends.doors.demo.stock import LANGUAGES, Stock, invent_customer, stock
from amends.records.answering.answer import PutRight
from amends.records.complaints.vocabulary import Fault
from amends.records.house.knowledge import salutation, signoff
from amends.records.people.models import Person

CONTACTS = 2_000
_SEED = 20_010_305
_DAYS = 270
_BY_LANGUAGE = {
    "pl": ("ana", "marek", "kasia", "ana", "marek", "tomasz"),
    "sk": ("zuzana", "peter"),
    "ru": ("oleg", "irina"),
    "en": ("daniel", "ana", "zuzana"),
}
_SHARES = (62, 14, 10, 14)  # per cent of pl, sk, ru, en
_CURRENCY = {"pl": "PLN", "sk": "EUR", "ru": "PLN", "en": "EUR"}


@dataclass(frozen=True)
class Plot:
    """One contact of the history before it is played."""

    number: int
    language: str
    kind: str
    arrives_at: datetime
    draw: Random

    @property
    def key(self) -> str:
        return f"history-{self.number}"

    @property
    def words(self) -> Stock:
        return stock(self.language)


def plots(now: datetime, contacts: int = CONTACTS) -> list[Plot]:
    """Return all plots, the latest first; the same for the same day, however often it is called."""
    made = [_plot(number, now, contacts) for number in range(contacts)]
    return sorted(made, key=lambda plot: plot.arrives_at, reverse=True)


def play(plot: Plot, *, now: datetime) -> bool:
    """Play one contact of the history, once; False if it has been played before."""
    invented = invent_customer(plot.language, plot.draw)
    address = f"{plot.key}@{plot.language}.mail.example"
    with all_or_nothing(address) as fresh:
        if not fresh:
            return False
        known = plot.draw.random() < 0.6  # noqa: PLR2004 -- of most one knows how to address them
        form = {"f": "feminine", "m": "masculine"}[invented.gender] if known else "unknown"
        cast = Cast(
            name=invented.name, address=address, language=plot.language, form=form,
            vocative=invented.vocative if known else "", since=2014 + plot.draw.randrange(11),
        )  # fmt: skip
        stage = Stage(cast, key=plot.key, now=now)
        _PLAYS[plot.kind](plot, stage)
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
    stage.bulk_arrives(subject=mail["subject"], text=mail["text"], at=plot.arrives_at)
    decided_at = _later(plot, plot.arrives_at, 1, 20)
    if decided_at < stage.now:
        stage.decide("nothing", by=_agent(plot), at=decided_at)


def _play_thanks(plot: Plot, stage: Stage) -> None:
    mail = plot.draw.choice(plot.words.thanks)
    stage.mail_arrives(subject=mail["subject"], text=mail["text"], at=plot.arrives_at)
    stage.decide("nothing", by=_agent(plot), at=_later(plot, plot.arrives_at, 1, 6))


def _play_question(plot: Plot, stage: Stage) -> None:
    asked = plot.draw.choice(plot.words.questions)
    filled = _slots(plot, plot.arrives_at)
    stage.mail_arrives(
        subject=_fill(asked["subject"], filled), text=_fill(asked["text"], filled),
        at=plot.arrives_at,
    )  # fmt: skip
    by, at = _agent(plot), _later(plot, plot.arrives_at, 1, 20)
    stage.decide("question", by=by, at=at)
    text = _letter(plot, stage, _fill(asked["answer"], filled), by)
    stage.answer(Answer(text=text), by=by, at=at + timedelta(minutes=6))


def _play_undecided(plot: Plot, stage: Stage) -> None:
    pool = plot.words.complaints if plot.draw.random() < 0.7 else plot.words.questions  # noqa: PLR2004
    told = plot.draw.choice(pool)
    filled = _slots(plot, plot.arrives_at)
    stage.mail_arrives(
        subject=_fill(told["subject"], filled), text=_fill(told["text"], filled),
        at=plot.arrives_at,
    )  # fmt: skip


def _play_complaint(plot: Plot, stage: Stage) -> None:
    told = plot.draw.choice(plot.words.complaints)
    filled = _slots(plot, plot.arrives_at)
    _arrive(plot, stage, told, filled)
    by = _agent(plot)
    decided_at = _later(plot, plot.arrives_at, 1, 5)
    stage.decide("complaint", by=by, at=decided_at)
    if stage.contact.person_id is None:
        stage.contact.take(by=by, at=stage.moment(decided_at))
    stage.understand(
        by=by, at=decided_at, points=[], goal=_fill(told["goal"], filled), wish=told["wish"],
        severity=told["severity"], fault=_fault(plot),
    )  # fmt: skip
    Course(plot, stage, by, told["topic"], filled).run(decided_at)


def _arrive(plot: Plot, stage: Stage, told: dict[str, Any], filled: dict[str, str]) -> None:
    channel = plot.draw.choices(("mail", "form", "phone", "counter"), weights=(66, 18, 11, 5))[0]
    subject, text = _fill(told["subject"], filled), _fill(told["text"], filled)
    if channel == "mail":
        stage.mail_arrives(subject=subject, text=text, at=plot.arrives_at)
    else:
        by = None if channel == "form" else _agent(plot)
        stage.told(channel=channel, text=text, subject=subject, at=plot.arrives_at, by=by)


class Course:
    """How a complaint goes on: one or two answers, a check-back, and one of the ends."""

    def __init__(
        self, plot: Plot, stage: Stage, by: Person, topic: str, filled: dict[str, str]
    ) -> None:
        self._plot, self._stage, self._by = plot, stage, by
        self._topic, self._filled = topic, filled

    def run(self, decided_at: datetime) -> None:
        draw = self._plot.draw
        in_person = self._stage.contact.channel in {"phone", "counter"}
        if in_person and draw.random() < 0.35:  # noqa: PLR2004
            how = _fill(draw.choice(self._plot.words.replies[self._topic])["fix"], self._filled)
            at = self._stage.moment(decided_at + timedelta(minutes=15))
            if at < self._stage.now - timedelta(minutes=5):
                self._stage.complaint.close_on_the_spot(by=self._by, at=at, how=how)
            return
        if draw.random() < 0.07:  # noqa: PLR2004
            self._close_by_lead(decided_at)
            return
        answered_at = self._answer(_later(self._plot, decided_at, 1, 30))
        if answered_at:
            self._after_the_answer(answered_at)

    def _answer(self, at: datetime) -> datetime | None:
        """Answer with a fix, a promise and a check-back; None if that lies ahead still."""
        plot, draw = self._plot, self._plot.draw
        if at >= self._stage.now - timedelta(minutes=10):
            return None
        reply = draw.choice(plot.words.replies[self._topic])
        promise_at = _working(at + timedelta(days=2 + draw.randrange(3)), hour=16)
        filled = self._filled | {"promise_date": _day(promise_at, plot.language)}
        fix = PutRight(
            what=_fill(reply["fix"], filled),
            cost=None,
            delivered=draw.random() < 0.45,  # noqa: PLR2004
        )
        text = _letter(plot, self._stage, _fill(reply["text"], filled), self._by)
        self._stage.answer(
            Answer(
                text=text,
                promises=(promised(_fill(reply["fix"], filled), promise_at),),
                remedies=(fix,),
                check_back_at=_working(promise_at + timedelta(days=1), hour=10),
            ),
            by=self._by, at=at,
        )  # fmt: skip
        if draw.random() < 0.25:  # noqa: PLR2004
            self._stage.note(by=self._by, text=draw.choice(plot.words.notes), at=at)
        return self._keep(promise_at)

    def _keep(self, promise_at: datetime) -> datetime | None:
        late = self._plot.draw.random() < 0.08  # noqa: PLR2004
        done_at = promise_at + timedelta(hours=20 if late else -3)
        if done_at >= self._stage.now - timedelta(minutes=10):
            return None
        self._stage.remedy_delivered(by=self._by, at=done_at, proof="")
        self._stage.promise_kept(by=self._by, at=done_at + timedelta(minutes=1))
        asked_at = _working(promise_at + timedelta(days=1), hour=10)
        if asked_at >= self._stage.now - timedelta(minutes=10):
            return None
        self._stage.asked(at=asked_at)
        return asked_at

    def _after_the_answer(self, asked_at: datetime) -> None:
        draw, words = self._plot.draw, self._plot.words
        fate = draw.choices(("yes", "no", "silence", "writes"), weights=(70, 10, 14, 6))[0]
        at = asked_at + timedelta(hours=1 + draw.randrange(28))
        if at >= self._stage.now:
            return
        if fate == "yes":
            self._stage.says_yes(words=draw.choice(words.yes_words), at=at)
        elif fate == "writes":
            self._stage.writes(text=_fill(draw.choice(words.followups), self._filled), at=at)
            self._answer_again(at, "yes")
        elif fate == "no":
            self._stage.says_no(words=draw.choice(words.no_words), at=at)
            self._answer_again(at, "yes" if draw.random() < 0.85 else "silence")  # noqa: PLR2004
        else:
            self._silence(asked_at)

    def _answer_again(self, at: datetime, fate: str) -> None:
        asked_at = self._answer(_later(self._plot, at, 1, 12))
        if asked_at is None:
            return
        if fate == "yes" and asked_at + timedelta(hours=5) < self._stage.now:
            words = self._plot.draw.choice(self._plot.words.yes_words)
            self._stage.says_yes(words=words, at=asked_at + timedelta(hours=5))
        elif fate == "silence":
            self._silence(asked_at)

    def _silence(self, asked_at: datetime) -> None:
        again_at = _working(asked_at + timedelta(days=3), hour=10)
        over_at = _working(again_at + timedelta(days=4), hour=18)
        if again_at < self._stage.now:
            self._stage.asked(at=again_at)
        if over_at < self._stage.now:
            self._stage.silence(at=over_at)

    def _close_by_lead(self, at: datetime) -> None:
        at = _later(self._plot, at, 2, 30)
        if at < self._stage.now - timedelta(minutes=5):
            reason = self._plot.draw.choice(("not_a_complaint", "withdrawn", "other"))
            why = self._plot.draw.choice(self._plot.words.notes)
            self._stage.complaint.close_as_lead(
                by=person("ewa"), at=self._stage.moment(at), reason=reason, why=why
            )


_PLAYS: dict[str, Callable[[Plot, Stage], None]] = {
    "bulk": _play_bulk,
    "thanks": _play_thanks,
    "question": _play_question,
    "undecided": _play_undecided,
    "complaint": _play_complaint,
}


def _agent(plot: Plot) -> Person:
    return person(plot.draw.choice(_BY_LANGUAGE[plot.language]))


def _fault(plot: Plot) -> str:
    return plot.draw.choices(
        (Fault.OURS, Fault.UNKNOWN, Fault.OUTSIDE, Fault.CUSTOMER), weights=(70, 14, 10, 6)
    )[0]


def _later(plot: Plot, at: datetime, least: int, most: int) -> datetime:
    return at + timedelta(hours=plot.draw.uniform(least, most))


def _working(at: datetime, *, hour: int) -> datetime:
    at = at.replace(hour=hour, minute=0, second=0)
    while at.weekday() >= 5:  # noqa: PLR2004 -- Saturday and Sunday
        at += timedelta(days=1)
    return at


def _slots(plot: Plot, at: datetime) -> dict[str, str]:
    product = plot.draw.choice(plot.words.products)
    return {
        "product": product["name"],
        "amount": _amount(product["price"], plot.language),
        "order": f"KF-{plot.draw.randrange(10_000, 99_999)}",
        "days": str(plot.draw.randrange(3, 19)),
        "date": _day(at - timedelta(days=plot.draw.randrange(4, 30)), plot.language),
    }


def _amount(price: object, language: str) -> str:
    from decimal import Decimal

    from babel.numbers import format_currency

    return str(format_currency(Decimal(str(price)), _CURRENCY[language], locale=language))


def _day(at: datetime, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(at.date(), "d MMMM" if language != "sk" else "d. MMMM", locale=language))


def _fill(text: str, slots: dict[str, str]) -> str:
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _letter(plot: Plot, stage: Stage, body: str, by: Person) -> str:
    greeting = salutation(
        plot.language, stage.cast.form, vocative=stage.cast.vocative,
        surname=stage.cast.name.split(" ")[-1],
    )  # fmt: skip
    end = signoff(plot.language, person=by.name_for_customers, house="Krakofon")
    return f"{greeting}\n\n{body.strip()}\n\n{end}"
