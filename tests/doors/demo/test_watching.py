"""The tour is played by the verbs, scene by scene; whoever watches may be faster than it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors.demo import acts, letters, tour
from amends.doors.demo.acts import Acts
from amends.doors.demo.scenes import LANGUAGES, script
from amends.doors.demo.tour import NotYet, Tour
from amends.ground import clock
from amends.records.aftercare.models import CheckBack
from amends.records.complaints.intake import take_in
from amends.records.complaints.knowledge import elements_in, identify, may_say_no
from amends.records.complaints.models import Contact
from amends.records.post.models import Outgoing, RawMail
from amends.site import schedule

KEYS = [scene.key for scene in script("en").scenes]


@pytest.fixture
def worker(demo, company, monkeypatch):
    """The mail door and the worker, at once: what is sent is read, what is due is done."""

    def write(*, name, address, to, subject, text, at):
        content = f"From: {name} <{address}>\nTo: {to}\nSubject: {subject}\nMessage-ID: <{address}>"
        content = f"{content}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()
        raw = RawMail.objects.keep(
            content, source="demo", at=at, envelope_from=address, envelope_to=[to]
        )
        take_in(raw, acts_letter(content), at=at)
        raw.take()

    def breathe(_seconds):
        schedule.ask_check_backs(clock.now())
        for mail in Outgoing.objects.due(clock.now()):
            if token := mail.claim(clock.now()):
                mail.accept(token, clock.now(), "250 accepted")

    acts_letter = letters.read_letter
    monkeypatch.setattr(acts.letters, "write", write)
    monkeypatch.setattr(tour.time, "sleep", breathe)


@pytest.fixture
def watching(worker):
    def begin(language="en"):
        one = Tour.begin(language)
        one.open()
        return one

    return begin


def told(one):
    return Contact.objects.get(customer__addresses__address=one.address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_whole_in_every_language(language):
    told_in = script(language)
    assert [scene.key for scene in told_in.scenes] == KEYS
    assert identify(told_in.told["mail"]["text"]) == language
    assert not may_say_no(told_in.told["yes"]["words"])
    for answer in ("answer", "second_answer"):
        found = elements_in(told_in.told[answer]["text"], language)
        assert {"empathy", "apology"} <= found, answer


def test_it_speaks_english_where_it_knows_no_other():
    assert script("xx").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_plays_to_its_end_and_closes_on_the_customer_s_word(watching, language):
    one = watching(language)
    seen = [one.scene.key]
    while not one.is_over:
        one.go_on()
        seen.append(one.scene.key)
        assert one.acts.is_done(one.scene.key)
    contact = told(one)
    assert seen == KEYS
    assert (contact.state, contact.outcome) == ("closed", "confirmed")
    assert contact.person.email.startswith(one.script.told["agent"])
    assert contact.complaint.case_cause
    assert contact.promise_due_at is None
    assert contact.complaint.promises.get().kept_at < contact.complaint.promises.get().due_at
    one.go_on()
    assert one.scene.key == "learned"


def test_it_stands_first_in_my_day_when_it_is_not_solved(watching):
    one = watching()
    while one.scene.key != "not_solved":
        one.go_on()
    ana = told(one).person
    mine = Contact.objects.visible_to(ana).for_hands_of(ana).open()
    assert mine.in_working_order(clock.now()).first() == told(one)


def test_it_says_first_only_where_nothing_stands_before_it(watching):
    older, newer = watching(), watching()
    for one in (older, newer):
        while one.scene.key != "not_solved":
            one.go_on()
    assert older.say == older.scene.say
    assert newer.say == newer.scene.say_behind
    told(older).complaint.confirm(words="", at=clock.now())
    assert newer.say == newer.scene.say


def test_it_lets_the_undo_run_out_and_goes_on_to_the_morning_of_the_check_back(watching):
    one = watching()
    while one.scene.key != "answered":
        one.go_on()
    answered_at = clock.now()
    one.go_on()
    assert timedelta(seconds=10) < clock.now() - answered_at < timedelta(minutes=1)
    one.go_on()
    check_back = CheckBack.objects.get()
    assert check_back.asked_at >= check_back.due_at
    assert clock.now() - check_back.due_at < timedelta(minutes=5)


def test_it_goes_on_from_what_whoever_watches_has_done(watching):
    one = watching()
    assert not one.follow()
    told(one).decide("complaint", by=acts.person("ana"), at=clock.now())
    assert one.follow()
    assert one.scene.key == "decided"
    one.go_on()
    one.go_on()
    told(one).complaint.deny(words="No", at=clock.now())
    assert one.follow()
    assert one.scene.key == "not_solved"
    one.go_on()
    assert one.scene.key == "second_try"


def test_it_plays_again_what_was_taken_back(watching):
    one = watching()
    while one.scene.key != "answered":
        one.go_on()
    message = one.acts._answers(told(one)).get()
    acts.person("ana")
    from amends.records.answering.answer import take_back

    take_back(message, by=message.author, at=clock.now())
    one.go_on()
    assert one.scene.key == "promised"
    assert told(one).answered


def test_it_waits_for_the_mail_and_says_so(worker, monkeypatch):
    monkeypatch.setattr(tour, "_PATIENCE_SECONDS", 0)
    one = Tour.begin("en")
    with pytest.raises(NotYet):
        one.go_on()
    assert one.scene.key == "arrives"
    assert (one.mark, one.reference, one.token) == ("0", "", "")


def test_it_begins_anew_with_another_customer_each_time(watching):
    addresses = [watching().address for _time in range(5)]
    assert len(set(addresses)) == 5


def test_it_is_watched_in_the_browser_and_refuses_with_a_sentence(worker):
    client = Client(headers={"accept-language": "pl"})
    assert client.post("/demo/watch/start/").headers["Location"] == "/demo/watch/"
    page = client.get("/demo/watch/").content.decode()
    assert 'src="/desk/"' in page
    assert 'src="/demo/phone/"' in page
    assert script("pl").scenes[0].title in page
    contact = Contact.objects.get()
    assert contact.language == "pl"
    assert client.get(reverse("desk:my_day")).status_code == 200
    assert client.get("/demo/phone/").status_code == 200
    contact.decide("nothing", by=acts.person("ana"), at=clock.now())
    said = client.post("/demo/watch/next/", headers={"hx-request": "true"}).content.decode()
    assert "tour__problem" in said or script("pl").scenes[1].title in said


def test_it_reads_only_the_letters_of_its_own_customer(demo, company):
    for to in ("grace@mail.example", "other@mail.example"):
        letters.put(f"To: {to}\nSubject: For {to}\n\nHello grace@mail.example".encode())
    assert [one.letter.subject for one in letters.received_by("grace@mail.example")] == [
        "For grace@mail.example"
    ]


def test_it_knows_a_scene_of_nobody_as_not_done(worker):
    nobody = Acts(script("en"), name="N", address="nobody@mail.example", vocative="N")
    assert not any(nobody.is_done(key) for key in KEYS)
