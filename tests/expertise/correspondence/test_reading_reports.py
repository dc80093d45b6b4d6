"""Delivery reports, as servers write them: what failed, which mail it was, and why.

The mails in `reports/` are written for these tests after the forms of the programs they are named
for.
"""

from pathlib import Path

import pytest

from amends.expertise.correspondence import Automatic, means_nobody, read_letter, read_report

FOLDER = Path(__file__).parent / "reports"
OURS = "0193f00000007000800000000000000a.0123456789abcdef@house.example"
EARLIER = "0193f00000007000800000000000000b.fedcba9876543210@house.example"

# The name of the file, whether the mail failed, whether nobody is at the address.
KINDS = [
    ("postfix", True, True),
    ("postfix-headers-only", True, True),
    ("postfix-full", True, False),
    ("postfix-late", False, False),
    ("gave-up-after-days", True, False),
    ("delivered", False, False),
    ("exchange", True, True),
    ("gmail", True, True),
    ("exim", True, True),
    ("exim-late", False, False),
    ("qmail", True, True),
    ("yandex", True, False),
    ("mail-ru", True, True),
    ("polish-host", True, True),
    ("slovak-host", True, True),
    ("slovak-late", False, False),
    ("nested-in-a-mail", True, True),
    ("nested-in-mixed", True, True),
]


def letter(name):
    return read_letter((FOLDER / f"{name}.eml").read_bytes())


def report(name):
    found = read_report(letter(name))
    assert found is not None
    return found


def test_every_mail_of_the_folder_is_asked():
    assert {path.stem for path in FOLDER.glob("*.eml")} == {name for name, *_ in KINDS}


@pytest.mark.parametrize(("name", "failed", "nobody"), KINDS)
def test_it_tells_what_failed_from_what_is_late(name, failed, nobody):
    assert letter(name).automatic is Automatic.BOUNCE
    assert report(name).failed is failed
    assert (failed and means_nobody(report(name).said)) is nobody


@pytest.mark.parametrize("name", [name for name, *_ in KINDS])
def test_it_names_the_mail_and_not_those_before_it(name):
    named = report(name).named
    assert OURS in named
    assert EARLIER not in named
    assert "other@nowhere.example" not in named or name in {"exim", "qmail", "mail-ru"}


def test_it_gives_the_reason_in_the_servers_words():
    assert report("postfix").said == (
        "550 5.1.1 <olga@customer.example>: Recipient address rejected: User unknown in virtual "
        "mailbox table"
    )
    assert report("exim").said == "550 No such user here"
    assert "no mailbox here by that name" in report("qmail").said


@pytest.mark.parametrize(
    "headers",
    [
        "From: olga@customer.example\nSubject: Undelivered parcel",
        "From: olga@customer.example\nSubject: Returned mail: your parcel came back",
        "From: postmaster@customer.example\nSubject: My parcel",
        "From: olga@customer.example\nAuto-Submitted: auto-replied\nSubject: Out of office",
        "From: daemon@customer.example\nSubject: Hello",
    ],
)
def test_it_takes_no_mail_of_a_person_for_a_report(headers):
    assert read_report(read_letter(f"{headers}\n\nIt was not delivered. 550 x\n".encode())) is None


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_it_takes_no_other_report_for_one_of_delivery(kind):
    mail = f"Content-Type: multipart/report; report-type={kind}; boundary=b\n\n--b\n\nx\n--b--\n"
    assert read_letter(mail.encode()).automatic is Automatic.AUTO_SUBMITTED


def test_it_reads_a_report_that_nests_without_end():
    mail = b"Message-ID: <deepest@x.example>\n\nx"
    for _ in range(60):
        mail = (
            b"From: mailer-daemon@x.example\nContent-Type: multipart/report; boundary=b\n\n"
            b"--b\nContent-Type: message/rfc822\n\n" + mail + b"\n--b--\n"
        )
    assert read_report(read_letter(mail)) is not None


@pytest.mark.parametrize(
    ("said", "nobody"),
    [
        ("550 5.1.1 x", True),
        ("550 User unknown", True),
        ("550 5.7.1 rejected by policy", False),
        ("552 5.2.2 mailbox full", False),
        ("451 4.7.1 greylisted", False),
        ("550 15.1.1.2", False),
        ("", False),
    ],
)
def test_it_tells_an_address_where_nobody_is(said, nobody):
    assert means_nobody(said) is nobody
