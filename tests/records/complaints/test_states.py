"""One contact through all verbs in any order: what product.md says must always hold, holds."""

from datetime import timedelta
from email.message import EmailMessage

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from amends.ground.events.models import Event
from amends.records.aftercare.models import CheckBack, CheckBackRefused
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer, take_back
from amends.records.answering.standing import standing_of
from amends.records.complaints import routing
from amends.records.complaints.intake import Told, take_in, take_in_told
from amends.records.complaints.knowledge import read_letter
from amends.records.complaints.models import Complaint, Contact, Message, Note
from amends.records.complaints.rail import rail_of
from amends.records.complaints.refusals import NotAComplaint, Refusal
from amends.records.house.books import Books
from amends.records.house.models import House
from amends.records.people.models import Absence
from amends.records.post.models import Outgoing, RawMail
from amends.records.promises.models import Promise, PromiseRefused
from amends.records.recovery.models import Remedy, RemedyRefused

NAMED_REFUSALS = (Refusal, PromiseRefused, RemedyRefused, CheckBackRefused)
HIDDEN = "only-among-colleagues"
NO_INSIDE_A_YES = "Yes, but the charger still never came"
WORDS_WITH_YES = st.sampled_from(["", "All is well now, thank you", NO_INSIDE_A_YES])
WORDS = st.sampled_from(["", "It broke again on Monday."])
KINDS = ("complaint", "question", "nothing")


class Life(RuleBasedStateMachine):
    """One customer's contact, a rival that is always urgent, and time that only runs forward."""

    def __init__(self, cast, now):
        super().__init__()
        self.cast, self.at = cast, now
        self.example = transaction.atomic()
        self.example.__enter__()
        self.words, self.ends, self.answers, self.void = [], [], {}, set()
        self.lasting, self.stale = {}, None
        self.cause, self.before = "", None

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # How it begins

    @initialize(channel=st.sampled_from(["mail", "form", "phone"]))
    def it_arrives(self, channel):
        if channel == "mail":
            contact = self.mail("I was billed twice.").contact
        else:
            told = Told(
                text="I was billed twice.", channel=channel, name="Olga Nowak",
                address="olga@customer.example", language="en",
            )  # fmt: skip
            by = self.cast.ana if channel == "phone" else None
            contact = take_in_told(told, at=self.at, by=by)
        self.key = contact.pk
        self.words.append(self.at)
        self.story = "I was billed twice."
        rival = Told(text="Ours burnt down!", channel="phone", name="Rival", phone="1234")
        urgent = take_in_told(rival, at=self.at - timedelta(days=9), by=self.cast.ana)
        urgent.decide("complaint", by=self.cast.ana, at=self.at)
        urgent.complaint.understand(by=self.cast.ana, at=self.at, severity=4)
        self.before = self.look()

    # What people and programs do

    @rule(kind=st.sampled_from(KINDS), stale=st.booleans())
    def somebody_decides(self, kind, stale):
        self.attempt("decide", lambda c: c.decide(kind, by=self.cast.ana, at=self.at), stale)

    @rule()
    def somebody_undoes_the_verdict(self):
        self.attempt("undo", lambda c: c.undo_verdict(by=self.cast.ana, at=self.at))

    @rule(
        stale=st.booleans(),
        promises=st.booleans(),
        fixes=st.sampled_from(["", "decided", "delivered"]),
        check_back=st.booleans(),
    )
    def an_agent_answers(self, stale, promises, fixes, check_back):
        later = self.at + timedelta(days=2)
        answer = Answer(
            text="I am sorry about the second bill.",
            promises=(Promised("Credit it", later),) if promises else (),
            remedies=(PutRight("Credit", delivered=fixes == "delivered"),) if fixes else (),
            check_back_at=later + timedelta(hours=3) if check_back else None,
        )
        contact = self.contact()
        may = not (contact.is_closed and contact.kind == "complaint")
        plain = not (promises or fixes or check_back)
        done = self.attempt(
            "reply", lambda c: send_answer(c, answer, by=self.cast.ana, at=self.at), stale
        )
        if done:
            self.answers[done.pk] = self.at
        # The rail gates nothing: what stops a plain answer is only that the case is closed.
        assert not plain or bool(done) == may

    @rule()
    def somebody_takes_the_answer_back(self):
        message = self.messages().filter(author__isnull=False).order_by("-at", "-id").first()
        if message and self.attempt(
            "take_back", lambda c: take_back(message, by=self.cast.ana, at=self.at)
        ):
            self.void.add(message.pk)

    @rule(accepted=st.booleans())
    def the_server_says_what_it_thinks(self, accepted):
        self.cause = "server"
        for mail in Outgoing.objects.due(self.at).filter(thread=self.key):
            token = mail.claim(self.at)
            (mail.accept if accepted else mail.refuse)(token, self.at, "so it is")
            if not accepted:
                self.void.add(mail.message.pk)

    @rule(days=st.integers(1, 6))
    def somebody_promises(self, days):
        due_at = self.at + timedelta(days=days)
        self.attempt(
            "promise",
            lambda c: Promise.objects.give(
                self.case(c), what="Call", due_at=due_at, by=self.cast.ana, at=self.at
            ),
        )

    @rule(how=st.sampled_from(["keep", "break_", "move"]))
    def a_promise_is_settled(self, how):
        promise = Promise.objects.open().filter(complaint__contact=self.key).first()
        if promise is None:
            return
        more = (
            {"to": self.at + timedelta(days=1), "why": "The part is late"} if how == "move" else {}
        )
        self.attempt(how, lambda _c: getattr(promise, how)(by=self.cast.ana, at=self.at, **more))

    @rule(gesture=st.booleans())
    def a_remedy_is_decided(self, gesture):
        self.attempt(
            "remedy",
            lambda c: Remedy.objects.decide(
                self.case(c), what="Credit", gesture=gesture, by=self.cast.ana, at=self.at
            ),
        )

    @rule(how=st.sampled_from(["deliver", "drop"]))
    def a_remedy_ends(self, how):
        remedy = Remedy.objects.filter(
            complaint__contact=self.key, delivered_at=None, dropped_at=None
        ).first()
        if remedy:
            self.attempt(how, lambda _c: getattr(remedy, how)(by=self.cast.ana, at=self.at))

    @rule(days=st.integers(1, 3))
    def a_check_back_is_planned(self, days):
        due_at = self.at + timedelta(days=days)
        self.attempt(
            "check_back",
            lambda c: CheckBack.objects.plan(
                self.case(c), due_at=due_at, by=self.cast.ana, at=self.at
            ),
        )

    @rule()
    def the_check_back_is_asked_or_given_up(self):
        calendar = House.objects.current().calendar()
        self.at = calendar.next_working_moment(self.at + timedelta(days=3))
        self.cause = "schedule"
        for check_back in CheckBack.objects.unanswered(self.at).with_contact():
            check_back.give_up(at=self.at)
        for check_back in CheckBack.objects.due(self.at).with_contact():
            check_back.ask(at=self.at)

    @rule(how=st.sampled_from(["page", "mail", "automatic", "thanks"]), stale=st.booleans())
    def the_customer_writes(self, how, stale):
        contact = self.contact()
        if contact.kind == "nothing" and how in {"page", "mail"}:
            self.ends.append(self.at - timedelta(seconds=1))
        counts = how in {"page", "mail"} or (how == "thanks" and not contact.is_closed)
        self.cause = "customer_writes"
        if how == "mail":
            assert self.mail("It is no better.", reply=True).contact.pk == self.key
        elif how == "automatic":
            assert self.mail("I am away.", reply=True, Auto_Submitted="auto-replied").automatic
        else:
            text = "Thank you!" if how == "thanks" else "It is no better."
            self.contact(stale=stale).customer_writes(text=text, at=self.at)
        if counts:
            self.words.append(self.at)

    @rule(words=WORDS_WITH_YES, stale=st.booleans())
    def the_customer_says_yes(self, words, stale):
        contact = self.contact()
        closed_by_it = self.attempt(
            "confirm", lambda c: self.case(c).confirm(words=words, at=self.at), stale
        )
        if words == NO_INSIDE_A_YES and contact.kind == "complaint":
            assert closed_by_it is False
            assert not self.contact().is_closed
            self.words.append(self.at)
            self.cause = "yes that says no"

    @rule(words=WORDS, stale=st.booleans())
    def the_customer_says_no(self, words, stale):
        contact = self.contact()
        self.attempt("deny", lambda c: self.case(c).deny(words=words, at=self.at), stale)
        if contact.kind == "complaint":
            self.words.append(self.at) if words or not contact.said_no else None
            now = self.contact()
            assert (now.state, now.said_no, now.double_deviation) == ("open", True, True)
            assert (now.person_id, now.team_id) == (contact.person_id, contact.team_id)

    @rule()
    def an_agent_says_that_the_customer_is_content(self):
        message = self.messages().filter(direction="in").order_by("-at", "-id").first()
        self.said_so = message
        self.attempt(
            "confirmed_in",
            lambda c: self.case(c).confirmed_in(message, by=self.cast.ana, at=self.at),
        )

    @rule(who=st.sampled_from(["ewa", "ana"]), why=st.sampled_from(["", "Sent to us by mistake"]))
    def somebody_closes_it(self, who, why):
        by = getattr(self.cast, who)
        done = self.attempt(
            f"lead {who} {why}",
            lambda c: (
                self.case(c).close_as_lead(by=by, at=self.at, reason="other", why=why) or True
            ),
        )
        assert not done or (who == "ewa" and why)

    @rule()
    def it_is_closed_on_the_spot(self):
        self.attempt(
            "spot",
            lambda c: self.case(c).close_on_the_spot(by=self.cast.ana, at=self.at, how="Swapped"),
        )

    @rule()
    def the_program_would_close_it(self):
        self.attempt("unanswered", lambda c: self.case(c).close_unanswered(at=self.at))

    @rule(stand_in=st.booleans())
    def the_owner_goes_on_leave(self, stand_in):
        owner, day = self.contact().person, self.at.date()
        if owner and owner != self.cast.marek:
            Absence.objects.create(
                person=owner, from_date=day, until_date=day,
                stand_in=self.cast.marek if stand_in else None,
            )  # fmt: skip
        self.cause = "absence"
        routing.move_on_from_absent(day, self.at)

    @rule(to=st.sampled_from(["ana", "marek", ""]), stale=st.booleans())
    def it_is_handed_over(self, to, stale):
        person = getattr(self.cast, to) if to else None
        self.attempt(
            "hand", lambda c: c.hand_to(by=self.cast.ewa, at=self.at, person=person), stale
        )

    @precondition(lambda self: self.contact().kind == "complaint")
    @rule()
    def it_turns_out_to_be_about_marek(self):
        self.cause = "named"
        self.contact().complaint.name_person(self.cast.marek, by=self.cast.ewa, at=self.at)

    @rule()
    def a_colleague_leaves_a_note(self):
        self.cause = "note"
        Note.objects.write(self.contact(), by=self.cast.marek, text=HIDDEN, at=self.at)

    @rule(days=st.integers(0, 9))
    def somebody_says_what_is_next(self, days):
        due_at = self.at + timedelta(days=days, minutes=1)
        if self.attempt(
            "next",
            lambda c: (
                c.set_next(text="Ask the courier", due_at=due_at, by=self.cast.ana, at=self.at)
                or True
            ),
        ):
            assert self.contact().next_at == due_at

    @rule(severity=st.integers(1, 4))
    def somebody_understands_more(self, severity):
        self.attempt(
            "understand",
            lambda c: self.case(c).understand(by=self.cast.ana, at=self.at, severity=severity),
        )

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)
        self.cause = "time"

    # What must always hold

    @invariant()
    def its_rows_agree(self):
        now, before, cause = self.look(), self.before, self.cause
        self.before, self.cause = now, ""
        self.at += timedelta(minutes=1)
        contact = now["contact"]
        self.it_has_a_next_action_unless_closed(contact)
        self.it_ends_in_four_ways_only(before, now, cause)
        self.each_change_has_a_row_and_an_event(before, now)
        self.nothing_is_late_or_lost(contact)
        self.nothing_leaks(contact)

    def it_has_a_next_action_unless_closed(self, contact):
        assert contact.is_closed == (contact.next_at is None)
        assert contact.is_closed == (contact.next_key == "nothing")
        assert contact.team_id is not None
        assert contact.kind != "nothing" or contact.is_closed
        if contact.person_id:
            assert not contact.names(contact.person)
        waiting = CheckBack.objects.waiting().filter(complaint__contact=contact).count()
        assert waiting == (0 if contact.check_back == "none" else 1)
        if contact.state == "resting":
            assert contact.last_direction == "out"
            assert contact.check_back != "none"

    def it_ends_in_four_ways_only(self, before, now, cause):
        contact = now["contact"]
        assert bool(contact.outcome) == (contact.is_closed and contact.kind == "complaint")
        new = now["closings"][len(before["closings"]) :]
        assert len(new) <= 1
        if contact.outcome:
            last = now["closings"][-1]
            assert (last.outcome, last.at) == (contact.outcome, contact.closed_at)
        for closing in new:
            assert not before["contact"].is_closed
            getattr(self, f"it_was_{closing.outcome}")(closing, before["contact"], cause)

    def it_was_confirmed(self, closing, _contact, cause):
        if cause == "confirm":
            assert closing.actor_kind == "customer"
            return
        assert cause == "confirmed_in"
        assert self.said_so.direction == "in"
        assert not self.said_so.automatic
        assert any(
            at <= self.said_so.at for key, at in self.answers.items() if key not in self.void
        )
        assert self.said_so.at >= max(self.words)

    def it_was_no_answer(self, closing, _contact, cause):
        assert cause in {"schedule", "unanswered"}
        assert closing.actor_kind == "program"
        calendar = House.objects.current().calendar()
        asked = self.messages().filter(
            purpose="check_back", accepted_at__isnull=False, refused_at=None, at__gt=max(self.words)
        )
        days = {calendar.day_of(message.accepted_at) for message in asked}
        assert len([day for day in days if calendar.works_on(day)]) >= 2
        assert self.waits_since() is None

    def it_was_on_the_spot(self, _closing, contact, cause):
        assert cause == "spot"
        assert contact.channel in {"phone", "counter"}

    def it_was_by_lead(self, closing, _contact, cause):
        assert cause.startswith("lead ewa")
        assert closing.reason
        assert closing.why

    def each_change_has_a_row_and_an_event(self, before, now):
        old, new = before["contact"], now["contact"]
        if (old.kind, old.state, old.outcome) != (new.kind, new.state, new.outcome):
            assert before["events"] < now["events"]
        if old.kind != new.kind or old.is_closed != new.is_closed:
            assert before["rows"] != now["rows"]
        if (old.person_id, old.team_id) != (new.person_id, new.team_id):
            assert before["assignments"] < now["assignments"]
        for event in Event.objects.about(new.id).values():
            assert self.lasting.setdefault(event["id"], event) == event
        assert len(self.lasting) == now["events"]

    def nothing_is_late_or_lost(self, contact):
        promises = [p.due_at for p in Promise.objects.open().filter(complaint__contact=contact)]
        assert contact.promise_due_at == min(promises, default=None)
        since = None if contact.is_closed else self.waits_since()
        house = House.objects.current()
        due_at = since and house.calendar().add(since, timedelta(hours=house.answer_hours))
        assert contact.answer_due_at == due_at
        limits = [at for at in (contact.promise_due_at, due_at) if at]
        if not contact.is_closed and limits:
            assert contact.next_at <= min(limits)
        if contact.complaint_or_none():
            assert contact.complaint.story == self.story
            assert len(rail_of(contact.complaint, Books(), language="en")) == 5
        assert not contact.double_deviation or not contact.is_closed
        if contact.double_deviation and contact.state == "open":
            assert Contact.objects.open().in_working_order(self.at).first() == contact

    def nothing_leaks(self, contact):
        assert not self.messages().filter(text__contains=HIDDEN).exists()
        assert not Outgoing.objects.filter(body__contains=HIDDEN).exists()
        assert HIDDEN not in repr(standing_of(contact, at=self.at))
        automatic = self.messages().filter(direction="out", author=None)
        assert automatic.count() <= 5
        days = [message.at.date() for message in automatic.filter(purpose="check_back")]
        assert len(days) == len(set(days))

    # How one looks at it

    def look(self):
        contact = Contact.objects.select_related("person").get(pk=self.key)
        verdicts = list(contact.verdicts.values_list("pk", "undone_at"))
        spoiled = self.messages().exclude(taken_back_at=None, refused_at=None).count()
        reopened, closings = contact.reopenings.count(), list(contact.closings.order_by("at", "id"))
        answers = self.messages().filter(author__isnull=False).count()
        return {
            "contact": contact,
            "closings": closings,
            "assignments": contact.assignments.count(),
            "events": Event.objects.about(self.key).count(),
            "rows": (sorted(verdicts, key=str), reopened, len(closings), spoiled, answers),
        }

    def waits_since(self):
        """Since when the customer waits, by the machine's own account."""
        answers = [at for key, at in self.answers.items() if key not in self.void]
        ends = [c.at for c in Contact.objects.get(pk=self.key).closings.all()]
        settled_at = max([*answers, *ends, *self.ends], default=None)
        return min((at for at in self.words if settled_at is None or at > settled_at), default=None)

    def attempt(self, cause, verb, stale=False):
        """Do it, or be refused by name, and then nothing has changed."""
        before, self.cause = self.look(), cause
        try:
            with transaction.atomic():
                done = verb(self.contact(stale=stale))
        except NAMED_REFUSALS:
            now = self.look()
            facts = [{**vars(each.pop("contact")), "_state": None} for each in (before, now)]
            for fact in facts:
                fact.pop("person", None)
            assert facts[0] == facts[1]
            assert before == now
            return None
        return done

    def contact(self, *, stale=False):
        """Read it anew, or take an old copy as another window of the desk has it."""
        if stale and self.stale is not None:
            return self.stale
        self.stale = Contact.objects.get(pk=self.key)
        return Contact.objects.get(pk=self.key)

    def case(self, contact):
        try:
            return contact.complaint
        except Complaint.DoesNotExist:
            raise NotAComplaint from None

    def messages(self):
        return Message.objects.filter(contact=self.key)

    def mail(self, text, *, reply=False, **headers):
        mail = EmailMessage()
        mail["From"], mail["To"] = "Olga Nowak <olga@customer.example>", "help@house.example"
        mail["Subject"] = f"Bill [{self.contact().reference}]" if reply else "Bill"
        mail["Message-ID"] = f"<{self.at.timestamp()}@customer.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        raw = RawMail.objects.keep(mail.as_bytes(), source="lmtp", at=self.at)
        return take_in(raw, read_letter(mail.as_bytes()), at=self.at)


def test_it_ends_only_as_product_md_says_whatever_happens(cast, now):
    bounded = settings(
        max_examples=25,
        stateful_step_count=25,
        deadline=None,
        phases=[Phase.generate],  # 25 steps are read sooner than they are shrunk
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Life(cast, now), settings=bounded)
