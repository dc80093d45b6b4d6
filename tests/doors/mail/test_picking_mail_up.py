"""Mail from an IMAP server: taken once, filed after it is kept, and nothing stops the others."""

import ssl
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from certificates import self_signed
from django.db import connection
from imap_server import Folder, Post, Server

from amends.doors.mail import fetching, imap
from amends.doors.mail.fetching import Fetchers, Visit
from amends.ground import clock, files
from amends.records.post.models import Mailbox, Pickup, RawMail
from amends.records.post.models import pickup as pickup_module
from amends.records.post.models.pickup import Server as Named

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 11, 25)


def letter(number):
    return f"From: o@c.example\r\nSubject: Lamp {number}\r\n\r\nIt broke.\r\n".encode()


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def server(post):
    with Server(post) as server:
        yield server


@pytest.fixture
def mailbox(cast):
    return Mailbox.objects.get()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(imap, "_SLICE_SECONDS", 0.05)
    monkeypatch.setattr(fetching, "_LOOK_SECONDS", 0.05)


@pytest.fixture
def arrange(cast, mailbox, server):
    def arranged(mailbox=mailbox, password="secret one", **other):
        named = {
            "host": "127.0.0.1", "port": server.port, "security": "none", "user": "help",
            "folder": "INBOX", "done_folder": "Done", "failed_folder": "Not taken",
            "since_date": DAY,
        }  # fmt: skip
        return Pickup.objects.arrange(
            mailbox, Named(**{**named, **other}), password=password, by=cast.jan, at=clock.now()
        )

    return arranged


@pytest.fixture
def visit(post):
    """Stay at a mailbox until the condition holds, or something is in the way.

    What is waited for is how it stands on the server: the database of the tests lies in memory,
    where a reader would be in the way of the visit's writing.
    """

    def visited(pickup, until=lambda: is_idle(post)):
        stop = threading.Event()
        assert pickup.claim(clock.now())
        stay = threading.Thread(target=Visit(pickup, stop).run)
        stay.start()
        wait_for(lambda: not stay.is_alive() or until())
        stop.set()
        stay.join(10)
        assert not stay.is_alive()
        pickup.refresh_from_db()
        return pickup

    return visited


@pytest.fixture
def visit_later(visit):
    """Come again at the time that was set."""

    def visited(pickup):
        Pickup.objects.filter(pk=pickup.pk).update(due_at=clock.now() - timedelta(seconds=1))
        pickup.refresh_from_db()
        return visit(pickup)

    return visited


def is_idle(post):
    return bool(post.commands) and post.commands[-1] == "IDLE"


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def kept():
    return sorted(mail.content() for mail in RawMail.objects.all())


def test_it_keeps_the_bytes_and_files_the_mail(post, arrange, visit):
    odd = b"From: x\nSubject: \xff\xfe\n\nbare line ends \x00 and no last one"
    for mail in (letter(1), odd):
        post.arrive(mail)
    pickup = visit(arrange())
    assert kept() == sorted([letter(1), odd])
    assert post.content("INBOX") == []
    assert post.content("Done") == [letter(1), odd]
    mail = RawMail.objects.first()
    assert (mail.source, mail.envelope_to) == ("imap", ["help@house.example"])
    assert pickup.trouble == ""
    assert pickup.lease is None


def test_it_leaves_what_came_before(post, arrange, visit):
    post.arrive(letter(1), date(2026, 11, 24))
    post.arrive(letter(2))
    visit(arrange())
    assert kept() == [letter(2)]
    assert post.content("INBOX") == [letter(1)]


def when(condition, act):
    """Do it once as soon as the condition holds; say whether it was done."""
    done = []

    def asked():
        if not done and condition():
            done.append(act())
        return bool(done)

    return asked


def test_it_is_told_of_mail_that_comes(post, arrange, visit):
    first = when(lambda: is_idle(post), lambda: post.arrive(letter(1)))
    second = when(lambda: len(post.content("Done")) == 1, lambda: post.arrive(letter(2)))
    began = time.monotonic()
    visit(arrange(), lambda: first() and second() and len(post.content("Done")) == 2)
    assert kept() == [letter(1), letter(2)]
    assert time.monotonic() - began < 8


def test_it_hears_what_is_said_in_one_breath_with_the_beginning(post, arrange, visit):
    post.comes_just_then.append(letter(1))
    began = time.monotonic()
    visit(arrange(), lambda: post.content("Done"))
    assert kept() == [letter(1)]
    assert time.monotonic() - began < 8


def test_it_looks_again_by_itself_before_the_server_forgets_it(post, arrange, visit, monkeypatch):
    assert fetching._LISTEN_SECONDS < 29 * 60
    monkeypatch.setattr(fetching, "_LISTEN_SECONDS", 0.2)
    post.keeps_still = True
    came = when(lambda: is_idle(post), lambda: post.arrive(letter(1)))
    visit(arrange(), lambda: came() and post.content("Done"))
    assert post.commands.count("IDLE") >= 2
    assert kept() == [letter(1)]


def test_it_asks_a_server_that_tells_nothing(post, arrange, visit, monkeypatch):
    monkeypatch.setattr(fetching, "_POLL_SECONDS", 0.2)
    post.capabilities = ("IMAP4rev1",)
    came = when(lambda: "UID_SEARCH" in post.commands, lambda: post.arrive(letter(1)))
    visit(arrange(), lambda: came() and post.content("Done") and not post.content("INBOX"))
    assert "IDLE" not in post.commands
    # Without MOVE it is copied, marked and taken out.
    assert "UID_COPY" in post.commands
    assert kept() == [letter(1)]


def test_it_makes_its_folders_where_the_server_wants_them(post, arrange, visit):
    post.prefix = "INBOX."
    post.arrive(letter(1))
    visit(arrange())
    assert set(post.folders) == {"INBOX", "INBOX.Done", "INBOX.Not taken"}
    assert post.content("Done") == [letter(1)]


def test_it_puts_one_aside_that_can_not_be_had_and_takes_the_others(post, arrange, visit):
    numbers = [post.arrive(letter(number)) for number in range(3)]
    post.refused_fetches.add(numbers[1])
    pickup = visit(arrange())
    assert kept() == [letter(0), letter(2)]
    assert post.content("Not taken") == [letter(1)]
    assert pickup.set_aside == 1
    assert pickup.trouble == ""


def test_it_puts_one_aside_that_is_too_big(post, arrange, monkeypatch, visit):
    monkeypatch.setattr(imap.Box.__init__, "__defaults__", (1000,))
    post.arrive(b"x" * 1001)
    post.arrive(letter(1))
    visit(arrange())
    assert kept() == [letter(1)]
    assert post.content("Not taken") == [b"x" * 1001]


def test_it_takes_the_others_when_one_can_not_be_filed(post, arrange, visit, visit_later):
    numbers = [post.arrive(letter(number)) for number in range(3)]
    post.refused_moves.add(numbers[0])
    pickup = arrange()
    visit(pickup)
    assert kept() == [letter(0), letter(1), letter(2)]
    assert (pickup.trouble, pickup.looked_at) == ("filing", None)
    assert "OVERQUOTA" in pickup.trouble_answer
    visit_later(pickup)
    assert len(kept()) == 3


def test_it_doubles_nothing_after_a_worker_was_killed_between_keeping_and_filing(
    post, arrange, monkeypatch, visit_later
):
    post.arrive(letter(1))

    def killed(*_args):
        raise SystemExit

    pickup = arrange()
    with monkeypatch.context() as dying:
        dying.setattr(imap.Box, "file", killed)
        assert pickup.claim(clock.now())
        with pytest.raises(SystemExit):
            Visit(pickup, threading.Event()).run()
    assert (kept(), post.content("INBOX")) == ([letter(1)], [letter(1)])
    # Its lease ends by itself; until then nobody else comes.
    assert not Pickup.objects.due(clock.now()).exists()
    assert Pickup.objects.due(clock.now() + timedelta(minutes=3)).exists()
    visit_later(pickup)
    assert (kept(), post.content("Done")) == ([letter(1)], [letter(1)])


def test_it_files_nothing_that_could_not_be_kept(post, arrange, monkeypatch, visit, visit_later):
    post.arrive(letter(1))
    pickup = arrange()
    with monkeypatch.context() as full:
        full.setattr(files, "keep", lambda _raw: (_ for _ in ()).throw(OSError(28, "full")))
        visit(pickup)
    assert post.content("INBOX") == [letter(1)]
    assert pickup.trouble == "keeping"
    assert pickup.due_at > clock.now()
    visit_later(pickup)
    assert kept() == [letter(1)]
    assert (pickup.trouble, pickup.failures) == ("", 0)


def test_it_takes_numbers_for_nothing_when_the_folder_was_made_anew(
    post, arrange, visit, monkeypatch
):
    monkeypatch.setattr(fetching, "_LISTEN_SECONDS", 0.1)

    def make_anew():
        post.folders["INBOX"] = Folder(2)
        return post.arrive(letter(2))

    assert post.arrive(letter(1)) == 1
    anew = when(lambda: post.content("Done") and is_idle(post), make_anew)
    visit(arrange(), lambda: anew() and len(post.content("Done")) == 2)
    assert post.content("Done") == [letter(1), letter(2)]
    assert kept() == [letter(1), letter(2)]


def test_it_says_what_is_in_the_way_and_since_when(post, arrange, visit, visit_later):
    pickup = visit(arrange(password="wrong"))
    assert (pickup.trouble, pickup.failures) == ("sign_in", 1)
    assert "AUTHENTICATIONFAILED" in pickup.trouble_answer
    since = pickup.trouble_since_at
    visit_later(pickup)
    assert (pickup.trouble_since_at, pickup.failures) == (since, 2)
    post.passwords["help"] = "wrong"
    visit_later(pickup)
    assert (pickup.trouble, pickup.trouble_since_at) == ("", None)


def test_it_waits_longer_for_a_server_that_is_away(server, arrange, visit_later):
    pickup = arrange(port=1)
    waits = []
    for _ in range(6):
        visit_later(pickup)
        waits.append(pickup.due_at - clock.now())
    assert pickup.trouble == "unreachable"
    assert waits[-1] > timedelta(minutes=2)
    assert waits[0] < timedelta(seconds=30)


def test_it_names_a_folder_that_is_not_there(arrange, visit):
    assert visit(arrange(folder="Elsewhere")).trouble == "folder"


@pytest.fixture
def soon(monkeypatch):
    """Let nobody wait long for the next try."""
    monkeypatch.setattr(pickup_module, "next_try", lambda at, _failures: at)


def test_it_comes_again_after_the_line_broke(post, server, arrange, soon):
    arrange()
    with Fetchers():
        wait_for(lambda: is_idle(post))
        server.hang_up()
        post.arrive(letter(1))
        wait_for(lambda: post.content("Done") == [letter(1)])
        wait_for(lambda: is_idle(post))
    assert kept() == [letter(1)]
    assert len(post.sign_ins) >= 2


def test_it_says_nothing_of_a_line_that_broke_after_a_long_time(
    post, server, arrange, visit, monkeypatch
):
    monkeypatch.setattr(fetching, "_STEADY_SECONDS", 0.0)
    cut = when(lambda: is_idle(post), lambda: server.hang_up() or True)
    pickup = visit(arrange(), lambda: cut() and False)
    assert (pickup.trouble, pickup.lease) == ("", None)
    assert pickup.due_at <= clock.now()


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="in memory it locks tables, where on a disk one waits"
)
def test_it_stays_at_several_mailboxes_at_once(post, arrange, cast, soon):
    others = [
        Mailbox.objects.add(address=address, name="", team=cast.care, by=cast.jan, at=clock.now())
        for address in ("care@house.example", "away@house.example")
    ]
    elsewhere = Post()
    with Server(elsewhere) as second:
        arrange()
        arrange(others[0], port=second.port)
        arrange(others[1], port=1)
        post.arrive(letter(1))
        elsewhere.arrive(letter(2))
        with Fetchers():
            wait_for(lambda: post.content("Done") and elsewhere.content("Done"))
    to = {mail.content(): mail.envelope_to for mail in RawMail.objects.all()}
    assert to == {letter(1): ["help@house.example"], letter(2): ["care@house.example"]}


def test_it_never_has_two_workers_at_one_mailbox(post, arrange, soon):
    arrange()
    with Fetchers(), Fetchers():
        for number in range(20):
            post.arrive(letter(number))
        wait_for(lambda: len(post.content("Done")) == 20)
    assert len(kept()) == 20
    assert post.most_at_once == 1
    assert Pickup.objects.get().lease is None


def test_it_leaves_when_the_mailbox_is_set_anew(post, arrange, visit, monkeypatch):
    monkeypatch.setattr(fetching, "_HOLD_SECONDS", 0.0)
    pickup = arrange()
    post.passwords["other"] = "secret two"
    set_anew = when(lambda: is_idle(post), lambda: arrange(user="other", password="secret two"))
    visit(pickup, lambda: set_anew() and False)
    assert (pickup.user, pickup.lease, pickup.trouble) == ("other", None, "")
    visit(pickup)
    assert post.sign_ins[-1] == ("LOGIN", "other", True)


@pytest.mark.parametrize("password", ['sec"ret\\ {3}', "hasło żółw", "(paren)"])
def test_it_signs_in_with_any_password(post, arrange, password, visit):
    post.passwords["help"] = password
    assert visit(arrange(password=password)).trouble == ""


@pytest.mark.parametrize("starts_encrypted", [True, False])
def test_it_speaks_over_tls_to_who_can_show_a_certificate(
    post, arrange, tmp_path, monkeypatch, starts_encrypted, visit, visit_later
):
    place = self_signed("localhost", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    security = "tls" if starts_encrypted else "starttls"
    post.arrive(letter(1))
    with Server(post, context, starts_encrypted=starts_encrypted) as server:
        pickup = arrange(host="localhost", port=server.port, security=security)
        visit(pickup)
        assert (pickup.trouble, kept()) == ("certificate", [])
        assert post.sign_ins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(place))
        visit_later(pickup)
    assert (pickup.trouble, kept()) == ("", [letter(1)])


def test_it_says_no_password_in_the_open(arrange, visit):
    assert visit(arrange(host="imap.example.org")).trouble == "certificate"


def test_it_says_when_the_key_that_sealed_the_password_is_lost(post, arrange, settings, visit):
    pickup = arrange()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    assert visit(pickup).trouble == "secret"
    assert post.sign_ins == []


def test_it_survives_a_server_that_talks_nonsense(arrange, monkeypatch, visit):
    class Nonsense(Server):
        def finish_request(self, request, _client):
            request.sendall(b"220 mail.example ESMTP\r\n\xff\xfe" + b"x" * 5000 + b"\r\n")

    with Nonsense(Post()) as server:
        pickup = visit(arrange(port=server.port))
    assert pickup.trouble == "unreachable"
    assert datetime.now(UTC) < pickup.due_at
