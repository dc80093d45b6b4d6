"""Machines are told from people, and only our own server is believed about senders."""

import pytest

from amends.expertise.correspondence import Automatic, Dmarc, read_letter


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Subject: x", None),
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: auto-replied; owner=x", Automatic.AUTO_SUBMITTED),
        ("Auto-Submitted: auto-generated", Automatic.AUTO_SUBMITTED),
        ("X-Autoreply: yes", Automatic.AUTO_SUBMITTED),
        ("X-Auto-Response-Suppress: All", Automatic.AUTO_SUBMITTED),
        ("Precedence: auto_reply", Automatic.AUTO_SUBMITTED),
        ("Return-Path: <>\nAuto-Submitted: auto-replied", Automatic.AUTO_SUBMITTED),
        ("List-Id: <l.x.example>", Automatic.BULK),
        ("List-Unsubscribe: <mailto:u@x.example>", Automatic.BULK),
        ("Precedence: Bulk", Automatic.BULK),
        ("Feedback-ID: 1:x", Automatic.BULK),
        ("X-Loop: help@x.example", Automatic.AUTO_SUBMITTED),
        ("X-Mailing-List: l@x.example", Automatic.BULK),
        ("Subject: Automatic reply: Re: Billed 200", Automatic.AUTO_SUBMITTED),
        ("Subject: Out of Office", Automatic.AUTO_SUBMITTED),
        ("Subject: Out of office Re: x", None),
        ("Subject: Out of office chairs", None),
        ("Subject: Re: Automatic reply: Billed 200", None),
        ("Subject: =?utf-8?q?Odpowied=C5=BA_automatyczna=3A_Re?=", Automatic.AUTO_SUBMITTED),
        ("Subject: =?koi8-r?b?4dfUz8/U18XUOiBSZQ==?=", Automatic.AUTO_SUBMITTED),
        ("Subject: =?utf-8?q?Automatick=C3=A1_odpove=C4=8F=3A_x?=", Automatic.AUTO_SUBMITTED),
        ("Return-Path: <>", Automatic.BOUNCE),
        ("From: MAILER-DAEMON@x.example\nAuto-Submitted: auto-replied", Automatic.BOUNCE),
        ("Content-Type: multipart/report; boundary=b", Automatic.BOUNCE),
    ],
)
def test_it_tells_machine_mail_by_its_headers(headers: str, kind: Automatic | None) -> None:
    assert read_letter(f"{headers}\n\ntext".encode()).automatic is kind


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ("Authentication-Results: mx.us; spf=pass; dmarc=pass (p=none) header.from=x", Dmarc.PASS),
        ("Authentication-Results: MX.us 1;\n dmarc=fail", Dmarc.FAIL),
        ("Authentication-Results: mx.us; dmarc=pass; dmarc=fail", Dmarc.FAIL),
        ("Authentication-Results: mx.us; dmarc=none", Dmarc.NONE),
        ("Authentication-Results: mx.us; spf=pass (dmarc=pass; dmarc=pass)", Dmarc.NONE),
        ('Authentication-Results: mx.us; spf=pass reason="; dmarc=pass"', Dmarc.NONE),
        ("Authentication-Results: evil; dmarc=pass", Dmarc.NONE),
        (
            "Authentication-Results: mx.us; spf=fail\nAuthentication-Results: mx.us; dmarc=pass",
            Dmarc.NONE,
        ),
        (
            "Authentication-Results: evil; x=y\nAuthentication-Results: mx.us; dmarc=pass",
            Dmarc.NONE,
        ),
        ("Subject: x", Dmarc.NONE),
    ],
)
def test_it_believes_only_the_topmost_result_of_our_server(headers: str, verdict: Dmarc) -> None:
    assert read_letter(f"{headers}\n\nx".encode(), trusted_authserv="mx.us").dmarc is verdict


def test_it_believes_nobody_if_no_server_is_named() -> None:
    assert read_letter(b"Authentication-Results: mx.us; dmarc=pass\n\nx").dmarc is Dmarc.NONE
