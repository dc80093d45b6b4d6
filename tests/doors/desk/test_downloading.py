"""What came with a message is saved, never opened as a page of ours."""

import pytest

from amends.expertise.correspondence import read_letter
from amends.records.complaints.intake import take_in
from amends.records.post.models import RawMail

MAIL = (
    b"From: Olga <olga@customer.example>\r\nTo: help@house.example\r\nSubject: Broken\r\n"
    b"Message-ID: <1@customer.example>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nIt is broken again, see below.\r\n"
    b"--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=%s\r\n\r\n"
    b"<script>alert(1)</script>\r\n--b--\r\n"
)
NAMES = [
    b"bill.html", b'"../../etc/passwd"', b'"C:\\\\windows\\\\evil.exe"', b'"a\\"; filename=x.html"',
    b'"' + b"n" * 400 + b'.svg"', b'"  "', b'"tab\tname"', b'"=?utf-8?q?zdj=C4=99cie=0D=0AX-Evil:_1=2Epng?="',
    b'"=?utf-8?q?=E2=80=AEgnp=2Eexe?="',
]  # fmt: skip


@pytest.fixture
def arrives(cast, now):
    def arrives(name=b"bill.html"):
        raw = RawMail.objects.keep(
            MAIL % name, source="lmtp", at=now, envelope_from="olga@customer.example",
            envelope_to=["help@house.example"],
        )  # fmt: skip
        return take_in(raw, read_letter(raw.content()), at=now).message

    return arrives


@pytest.mark.parametrize("name", NAMES)
def test_it_is_always_saved_never_shown(ana, to, arrives, name):
    message = arrives(name)
    attachment = message.attachments.get()
    answer = ana.get(to("attachment", message.contact, attachment.pk))
    assert answer.status_code == 200
    assert b"<script>" in answer.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "X-Evil" not in answer.headers
    assert not set("\r\n/\\\0") & set(attachment.name)
    assert ana.get(to("case", message.contact)).status_code == 200


def test_it_gives_the_mail_as_it_came(ana, to, arrives):
    message = arrives()
    answer = ana.get(to("source", message.contact, message.pk))
    assert answer.content == MAIL % b"bill.html"
    assert answer["Content-Type"] == "application/octet-stream"
    assert (
        answer["Content-Disposition"] == f'attachment; filename="{message.contact.reference}.eml"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_gives_nothing_to_an_outsider(seat, cast, to, arrives, now):
    message = arrives()
    message.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    for who in ("ana", "ewa", "jan"):
        for name, key in (("source", message.pk), ("attachment", message.attachments.get().pk)):
            assert seat(who).get(to(name, message.contact, key)).status_code == 404
