import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from amends.doors.mail.sender import RealMailInDemo
from amends.site import work
from amends.site.work import Worker

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def run_until(condition, *steps):
    stop = threading.Event()
    worker = threading.Thread(target=Worker(steps, now=lambda: NOW).run, args=(stop,))
    worker.start()
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    worker.join(10)
    assert not worker.is_alive()
    assert condition()


def test_it_takes_every_step_again_and_again():
    taken = []

    def first(now):
        taken.append(("first", now))
        return 1

    def second(now):
        taken.append(("second", now))
        return 1

    run_until(lambda: min(taken.count((s, NOW)) for s in ("first", "second")) > 2, first, second)


def test_it_survives_a_step_that_breaks(monkeypatch, caplog):
    monkeypatch.setattr(work, "_IDLE_SECONDS", 0.01)
    taken = []

    def breaks(_now):
        taken.append("broke")
        raise ZeroDivisionError

    def works(_now):
        taken.append("worked")
        return 0

    run_until(lambda: min(taken.count("broke"), taken.count("worked")) > 3, breaks, works)
    assert "ZeroDivisionError" in caplog.text


def test_it_says_in_a_line_what_passes(monkeypatch, caplog):
    monkeypatch.setattr(work, "_IDLE_SECONDS", 0.01)
    taken = []

    def away(_now):
        taken.append("broke")
        raise OperationalError("the server closed the connection\n")

    run_until(lambda: len(taken) > 1, away)
    assert "away broke: the server closed the connection" in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_it_waits_longer_the_longer_it_is_broken():
    pauses = [work._pause(None, failures) for failures in range(1, 12)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 1
    assert pauses[-1] == 30
    assert work._pause(0, 0) <= 0.5
    assert work._pause(3, 0) == 0


def test_it_holds_up_no_step_for_another_that_hangs():
    hung, taken = threading.Event(), []

    def hangs(_now):
        hung.wait(10)
        return 0

    def works(_now):
        taken.append("worked")
        if len(taken) > 3:
            hung.set()
        return 1

    run_until(lambda: len(taken) > 3, hangs, works)


def test_it_does_not_start_if_the_demo_could_write_to_the_world(settings):
    settings.DEMO, settings.SMTP_HOST = True, "smtp.example.org"
    with pytest.raises(RealMailInDemo):
        Worker().run(threading.Event())
