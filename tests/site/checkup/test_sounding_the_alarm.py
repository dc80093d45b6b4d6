"""An alarm is told once, when something is wrong for a while, and once more when it is over."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from amends.ground.jobs.models import Recurrence
from amends.site.checkup import alarm, telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings, tmp_path):
    place = tmp_path / "told"
    place.touch()
    settings.ALARM = f"dd of={place} oflag=append conv=notrunc status=none"
    return place


def minutes(now, *, last):
    for minute in range(last + 1):
        alarm.sound(now + timedelta(minutes=minute))


def be_seen(at):
    Recurrence.objects.update_or_create(name="a", defaults={"due_at": at, "last_run_at": at})


def test_it_waits_whether_it_goes_by_itself(told, now):
    minutes(now, last=9)
    assert told.read_text() == ""


def test_it_is_told_once_and_when_it_is_over(told, now):
    minutes(now, last=60)
    assert told.read_text().count("The worker has never run.") == 1
    be_seen(now + timedelta(minutes=60))
    minutes(now + timedelta(minutes=60), last=2)
    assert told.read_text().count("It is over") == 1


def test_it_is_told_again_after_hours(told, now):
    for hour in range(10):
        alarm.sound(now + timedelta(hours=hour))
    assert told.read_text().count("The worker has never run.") == 3


def test_what_went_by_itself_is_told_to_nobody(told, now):
    minutes(now, last=5)
    be_seen(now + timedelta(minutes=6))
    minutes(now + timedelta(minutes=6), last=1)
    assert told.read_text() == ""


def test_what_could_not_be_told_is_told_at_the_next_call(told, now, settings):
    channel, settings.ALARM = settings.ALARM, "false"
    minutes(now, last=11)
    settings.ALARM = channel
    alarm.sound(now + timedelta(minutes=12))
    assert "The worker" in told.read_text()


def test_it_tells_nobody_where_no_channel_is_named(settings, now, tmp_path):
    settings.ALARM = ""
    minutes(now, last=15)
    assert not (tmp_path / "alarm").exists()


class _Hears(BaseHTTPRequestHandler):
    heard: list[dict] = []
    status = 200

    def do_POST(self):
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def hook():
    server = HTTPServer(("127.0.0.1", 0), _Hears)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    _Hears.heard, _Hears.status = [], 200
    yield f"http://localhost:{server.server_port}/hook?key=1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_posts_to_an_address_of_the_web(hook, settings):
    settings.ALARM_INSIDE = True
    telling.tell(hook, "wrong", "The worker is gone.")
    assert _Hears.heard == [{"state": "wrong", "text": "The worker is gone."}]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_it_takes_no_other_answer_for_having_told(hook, settings, status):
    settings.ALARM_INSIDE = True
    _Hears.status = status
    with pytest.raises(telling.CannotTell, match=str(status)):
        telling.tell(hook, "wrong", "The worker is gone.")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]"])
def test_it_goes_to_no_internal_address_unless_allowed(host):
    with pytest.raises(telling.CannotTell, match="internal"):
        telling.tell(f"http://{host}:1/", "wrong", "x")
