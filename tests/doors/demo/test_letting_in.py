"""The demo lets in without a password, so only on this machine, and never a real house."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors.demo import entrance, mailbox
from amends.doors.mail import sender
from amends.doors.mail.sender import RealMailInDemo
from amends.site import urls as site_urls
from amends.site.work import Worker

PAGES = {
    "": "get",
    "enter/ana/": "post",
    "watch/": "get",
    "watch/start/": "post",
    "watch/strip/": "get",
    "watch/next/": "post",
    "phone/": "get",
    "clock/": "post",
    "mailbox/": "get",
    "mailbox/new/": "get",
    "mailbox/1/": "get",
    "mailbox/1/answer/": "post",
    "reset/": "post",
}
NOT_HERE = ["10.0.0.7", "192.168.1.2", "8.8.8.8", "::2", "", "127.0.0.1.evil.example"]


def statuses(client, *, but=None):
    return {
        where: getattr(client, how)(f"/demo/{where}").status_code
        for where, how in PAGES.items()
        if where != but
    }


def test_it_is_open_on_this_machine(demo, company):
    expected = {
        **dict.fromkeys(PAGES, 200),
        "enter/ana/": 302,
        # Nobody watches yet, and there is no mail door in a test.
        "watch/": 302,
        "watch/start/": 302,
        "watch/next/": 302,
        "phone/": 404,
        "clock/": 400,
        "reset/": 302,
        "mailbox/1/": 404,
        "mailbox/1/answer/": 404,
    }
    assert statuses(Client(REMOTE_ADDR="127.0.0.1")) == expected
    # To begin anew takes its time, and is let in by the same question as all else.
    del expected["reset/"]
    assert statuses(Client(REMOTE_ADDR="::1"), but="reset/") == expected


@pytest.mark.parametrize("address", NOT_HERE)
def test_it_is_not_there_for_anybody_elsewhere(demo, company, address):
    for client in (
        Client(REMOTE_ADDR=address),
        Client(REMOTE_ADDR=address, headers={"x-forwarded-for": "127.0.0.1"}),
    ):
        assert statuses(client) == dict.fromkeys(PAGES, 404)
        assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_is_not_there_in_a_real_house(demo, company):
    demo.DEMO = False
    assert statuses(Client()) == dict.fromkeys(PAGES, 404)


def test_it_has_no_address_in_a_real_house():
    assert not [pattern for pattern in site_urls.urlpatterns if "demo" in str(pattern.pattern)]


@pytest.mark.parametrize("who", ["irina", "root", "ana@krakofon.example", "0"])
def test_it_lets_in_as_those_of_the_entrance_only(demo, company, who):
    client = Client()
    client.post(f"/demo/enter/{who}/")
    assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_lets_in_by_a_button_only_and_with_the_browser_s_own_key(demo, company):
    assert Client().get("/demo/enter/ana/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/demo/enter/ana/").status_code == 403
    client = Client()
    for key, _role in entrance._PEOPLE:
        client.post(f"/demo/enter/{key}/")
        assert client.get(reverse("desk:cases")).status_code == 200, key


@pytest.mark.parametrize("where", [where for where, how in PAGES.items() if how == "post"])
def test_it_acts_by_a_button_only_and_with_the_browser_s_own_key(demo, company, where):
    assert Client().get(f"/demo/{where}").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/demo/{where}").status_code == 403


def test_it_shows_its_bar_on_the_desk_but_not_in_a_frame(demo, company):
    client = Client()
    client.post("/demo/enter/ana/")
    day = reverse("desk:my_day")
    assert "demo-bar" in client.get(day).content.decode()
    framed = client.get(day, headers={"sec-fetch-dest": "iframe"}).content.decode()
    assert "demo-bar" not in framed
    demo.DEMO_BAR = False
    assert "demo-bar" not in client.get(day).content.decode()
    demo.DEMO_BAR = True
    demo.DEMO = False
    assert "demo-bar" not in client.get(day).content.decode()


def test_it_is_not_let_in_from_another_site_s_name(demo, company):
    assert Client(headers={"host": "evil.example"}).get("/demo/").status_code == 400


@pytest.mark.parametrize(
    "host",
    ["smtp.example", "10.0.0.7", "localhost.evil.example", "127.0.0.1.example", "0.0.0.0", ""],
)
def test_it_sends_no_mail_to_the_world(demo, db, now, host):
    demo.SMTP_HOST = host
    with pytest.raises(RealMailInDemo):
        sender.send_due(now)
    with pytest.raises(RealMailInDemo):
        Worker(steps=()).run(None)


def test_it_reads_no_file_by_a_letter_s_name(demo, company):
    for key in ("..", "%2e%2e%2fsecret", "..%2f..%2fsecret", "cur", "tmp", "%00", "a" * 300):
        assert Client().get(f"/demo/mailbox/{key}/").status_code == 404, key


@pytest.mark.parametrize(
    "typed",
    [
        {}, {"name": "a\r\nBcc: x@y.example"}, {"address": "x@y.example\r\nBcc: z@y.example"},
        {"text": ""}, {"subject": "s" * 201},
    ],
)  # fmt: skip
def test_it_keeps_what_was_typed_where_the_mail_door_is_closed(demo, company, monkeypatch, typed):
    whole = {
        "name": "Olga <b>",
        "address": "olga@mail.example",
        "subject": "Broken",
        "text": "It broke & broke.",
    }
    shown = Client().post("/demo/mailbox/new/", {**whole, **typed})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert ("&amp; broke." in page) is (typed.get("text") != "")
    assert "Olga &lt;b&gt;" in page or "name" in typed


def test_it_writes_one_mail_whatever_is_typed(demo, company, monkeypatch):
    sent = []

    class Line:
        def __init__(self, *_where):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_how):
            pass

        def sendmail(self, sender, to, content):
            sent.append((sender, to, content))

    monkeypatch.setattr(mailbox.smtplib, "LMTP", Line)
    for name in (
        "Olga\r\nBcc: x@y.example",
        'a" <evil@y.example>, "b',
        "Olga\\",
        "👍 \u202e",
        "=?utf-8?q?=0ABcc:_x?=",
    ):
        typed = {
            "name": name,
            "address": "olga@mail.example",
            "subject": name,
            "text": ".\r\nQUIT\r\n",
        }
        assert Client().post("/demo/mailbox/new/", typed).status_code == 302, name
    for sender_, to, content in sent:
        assert (sender_, to) == ("olga@mail.example", ["pomoc@krakofon.example"])
        head = content.split(b"\r\n\r\n")[0]
        assert b"\nBcc:" not in head
        assert head.count(b"\nFrom:") + head.startswith(b"From:") == 1
        assert b"<olga@mail.example>" in head
