"""How a complaint of the history goes on, from its first answer to its end."""

from datetime import datetime, timedelta

from amends.doors.demo.company import person
from amends.doors.demo.plot import Plot, fill, later, letter_of, said_day, working
from amends.doors.demo.stage import Answer, Stage, promised
from amends.records.answering.answer import PutRight
from amends.records.people.models import Person


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
            how = fill(draw.choice(self._plot.words.replies[self._topic])["fix"], self._filled)
            at = self._stage.moment(decided_at + timedelta(minutes=15))
            if at < self._stage.now - timedelta(minutes=5):
                self._stage.complaint.close_on_the_spot(by=self._by, at=at, how=how)
            return
        if draw.random() < 0.07:  # noqa: PLR2004
            self._close_by_lead(decided_at)
            return
        answered_at = self._answer(later(self._plot, decided_at, 1, 30))
        if answered_at:
            self._after_the_answer(answered_at)

    def _answer(self, at: datetime) -> datetime | None:
        """Answer with a fix, a promise and a check-back; None if that lies ahead still."""
        plot, draw = self._plot, self._plot.draw
        if at >= self._stage.now - timedelta(minutes=10):
            return None
        reply = draw.choice(plot.words.replies[self._topic])
        promise_at = working(at + timedelta(days=2 + draw.randrange(3)), hour=16)
        filled = self._filled | {"promise_date": said_day(promise_at, plot.language)}
        fix = PutRight(
            what=fill(reply["fix"], filled),
            cost=None,
            delivered=draw.random() < 0.45,  # noqa: PLR2004
        )
        text = letter_of(plot, self._stage, fill(reply["text"], filled), self._by)
        self._stage.answer(
            Answer(
                text=text,
                promises=(promised(fill(reply["fix"], filled), promise_at),),
                remedies=(fix,),
                check_back_at=working(promise_at + timedelta(days=1), hour=10),
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
        asked_at = working(promise_at + timedelta(days=1), hour=10)
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
            self._stage.writes(text=fill(draw.choice(words.followups), self._filled), at=at)
            self._answer_again(at, "yes")
        elif fate == "no":
            self._stage.says_no(words=draw.choice(words.no_words), at=at)
            self._answer_again(at, "yes" if draw.random() < 0.85 else "silence")  # noqa: PLR2004
        else:
            self._silence(asked_at)

    def _answer_again(self, at: datetime, fate: str) -> None:
        asked_at = self._answer(later(self._plot, at, 1, 12))
        if asked_at is None:
            return
        if fate == "yes" and asked_at + timedelta(hours=5) < self._stage.now:
            words = self._plot.draw.choice(self._plot.words.yes_words)
            self._stage.says_yes(words=words, at=asked_at + timedelta(hours=5))
        elif fate == "silence":
            self._silence(asked_at)

    def _silence(self, asked_at: datetime) -> None:
        again_at = working(asked_at + timedelta(days=3), hour=10)
        over_at = working(again_at + timedelta(days=4), hour=18)
        if again_at < self._stage.now:
            self._stage.asked(at=again_at)
        if over_at < self._stage.now:
            self._stage.silence(at=over_at)

    def _close_by_lead(self, at: datetime) -> None:
        at = later(self._plot, at, 2, 30)
        if at < self._stage.now - timedelta(minutes=5):
            reason = self._plot.draw.choice(("not_a_complaint", "withdrawn", "other"))
            why = self._plot.draw.choice(self._plot.words.notes)
            self._stage.complaint.close_as_lead(
                by=person("ewa"), at=self._stage.moment(at), reason=reason, why=why
            )
