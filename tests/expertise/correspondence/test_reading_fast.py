"""Hostile mails cost time in proportion to their size. Limits are wide: machines differ."""

import time

import pytest

from amends.expertise.correspondence import read_letter

PLAIN = b"Content-Type: text/plain\n\n"
HTML = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(PLAIN + "Zażółć gęślą jaźń i trochę.\n".encode() * 130_000, id="five megabytes"),
        pytest.param(PLAIN + b"a b " * 1_200_000, id="one long line"),
        pytest.param(PLAIN + b">\n" * 100_000, id="quote marks"),
        pytest.param(PLAIN + b"On 3 May 2024 at 10:12 A a@b.example x:\n" * 50_000, id="nearly quoting lines"),
        pytest.param(PLAIN + b"From: x\nTo: y\nz\n" * 30_000, id="nearly header blocks"),
        pytest.param(PLAIN + b"Jan wrote:\n\n>\n" * 50_000, id="writers"),
        pytest.param(PLAIN + b"This message is\nconfidential\n\nKind regards\nJan\n" * 30_000, id="nearly signatures"),
        pytest.param(PLAIN + b"---- Forwarded message ----\n\n\n" * 30_000, id="forwards"),
        pytest.param(HTML + b"<div>" * 200_000, id="deep elements"),
        pytest.param(HTML + b"<!-- " * 500_000, id="open comments"),
        pytest.param(HTML + b"<a " + b"x=1 " * 500_000, id="attributes"),
        pytest.param(b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)), id="deep parts"),
        pytest.param(MIXED + b"\n\n" + b"--b\n" * 500_000, id="many parts"),
        pytest.param(b"To: " + b'"\\' * 500_000, id="quoted address"),
        pytest.param(b"Subject: " + b"=?a?q?x" * 300_000, id="open words"),
        pytest.param(b"Subject: x\n" * 200_000, id="many headers"),
    ],
)  # fmt: skip
def test_it_reads_hostile_mail_in_time(raw: bytes) -> None:
    started = time.process_time()
    letter = read_letter(raw)
    assert time.process_time() - started < 4
    assert "unreadable" not in letter.flags
