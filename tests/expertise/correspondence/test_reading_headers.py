"""Subject, people, ids and date, from headers as they really are."""

from datetime import UTC, datetime

import pytest

from amends.expertise.correspondence import Address, Letter, read_letter


def letter(*headers: str) -> Letter:
    return read_letter("\r\n".join([*headers, "", "text"]).encode("latin-1"))


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("=?utf-8?b?0JbQsNC70L7QsdCw?=", "Жалоба"),
        ("=?utf-8?q?a_?= =?utf-8?q?b?=", "a b"),
        ("=?utf-8?q?za=C5?=\r\n =?utf-8?q?=BC=C3=B3?=", "zażó"),
        ("=?iso-8859-1?q?=BFal?=: =?windows-1250?q?przesy=B3ka?=", "¿al: przesyłka"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?nonsense?z?x?= y", "=?nonsense?z?x?= y"),
        ("=?utf-8?Q?two words?=", "two words"),
        ("=?utf-8?b?YWI=?==?utf-8?b?Y2Q=?=", "abcd"),
        ("=?utf-8?q?one=0Atwo=00=E2=80=AEthree?=", "one two three"),
        ("folded\r\n subject", "folded subject"),
        ("\xd0\x96\xd0\xb0\xd0\xbb\xd0\xbe\xd0\xb1\xd0\xb0", "Жалоба"),
    ],
)
def test_it_reads_the_subject_as_one_line(raw: str, subject: str) -> None:
    assert letter(f"Subject: {raw}").subject == subject


def test_it_reads_a_raw_subject_with_the_charset_of_the_body() -> None:
    raw = "Subject: Жалоба\n\nДеньги списали дважды, прошу вернуть.".encode("koi8-r")
    assert read_letter(raw).subject == "Жалоба"


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ('"Kowalski, Jan" <jan@x.example>', [Address("Kowalski, Jan", "jan@x.example")]),
        ("=?utf-8?Q?Nowak,_Ewa?= <e@x.example>", [Address("Nowak, Ewa", "e@x.example")]),
        ("a@x.example, b@x.example;c@x.example", [Address("", f"{n}@x.example") for n in "abc"]),
        ("Team: a@x.example, B <b@x.example>;", [Address("", "a@x.example"), Address("B", "b@x.example")]),
        ("a@x.example (Ann)", [Address("Ann", "a@x.example")]),
        ("Ann a@x.example", [Address("Ann", "a@x.example")]),
        ("Ann <a@x.example", [Address("Ann", "a@x.example")]),
        ('"\xa3ukasz" <l@x.example>', [Address("Łukasz", "l@x.example")]),
        ("undisclosed-recipients:;", []),
        ("nobody", []),
        ("", []),
    ],
)  # fmt: skip
def test_it_reads_addresses(raw: str, people: list[Address]) -> None:
    assert (
        list(letter("Subject: Łódź".encode("cp1250").decode("latin-1"), f"To: {raw}").to) == people
    )


def test_it_names_a_sender_without_an_address() -> None:
    read = letter("From: Somebody")
    assert read.sender == Address("Somebody", "")
    assert "no_sender" in read.flags


def test_it_takes_ids_without_their_angles() -> None:
    read = letter("Message-ID: <a@x>", "In-Reply-To: <b@x> (yours)", "References: <c@x>\r\n <b@x>")
    assert (read.message_id, read.in_reply_to, read.references) == ("a@x", ("b@x",), ("c@x", "b@x"))


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("Fri, 3 May 2024 12:00:00 +0200", datetime(2024, 5, 3, 10, tzinfo=UTC)),
        ("3 May 2024 12:00:00 -0000", datetime(2024, 5, 3, 12, tzinfo=UTC)),
        ("Fri, 3 May 2024 12:00 GMT", datetime(2024, 5, 3, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("Fri, 3 May 2024 12:00:00 +9999999999", None),
        ("", None),
    ],
)
def test_it_gives_an_aware_date_or_none(raw: str, date: datetime | None) -> None:
    read = letter(f"Date: {raw}")
    assert read.date == date
    assert ("no_date" in read.flags) is (date is None)


def test_it_reads_a_mail_that_ends_lines_with_cr() -> None:
    assert read_letter(b"Subject: x\r\rone\rtwo").text == "one\ntwo"


def test_it_begins_the_body_at_a_line_that_is_no_header() -> None:
    read = read_letter(b"Subject: x\nthis is no header\nmore")
    assert (read.subject, read.text) == ("x", "this is no header\nmore")
    assert "malformed" in read.flags
