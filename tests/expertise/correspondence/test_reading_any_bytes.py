"""Whatever arrives, a letter comes out, and no line of it is lost."""

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from amends.expertise.correspondence import Letter, read_letter, split_reply

PIECES = [
    b"From: =?koi8-r?B?8NXPVFI=?= <a@b.example>", b'To: x, "y, z" <c@d.example>;', b"Subject: =?utf-8?q?=C5?=",
    b"Date: Fri, 31 Dec 9999 23:59:59 -2359", b"Date: 0 0 0", b"Content-Type: multipart/mixed; boundary=b",
    b"Content-Type: text/html; charset=utf-7", b"Content-Type: text/plain; charset=idna", b"Content-Type: text/plain; name*0*=x''%",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode", b"Content-Disposition: attachment; filename=../../x",
    b"Authentication-Results: mx; dmarc=pass", b"References: <a@b> <c", b"", b"", b"--b", b"--b--", b"\xb1\xe6\xea", b"\xd0\x9f",
    b"<div class=gmail_quote>", b"<blockquote>", b"</p><pre>", b"<img src=x>", b"> quoted", b"On 3 May 2024 at 10:12, A <a@b.example> wrote:",
    b"-----Original Message-----", b"From: a@b.example", b"Sent: 3 May", b"-- ", b"Regards,", b"\x00\xff\xfe", b"+2AA-", b"---- Forwarded message ----",
]  # fmt: skip
MAILS = st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=25).map(b"\n".join)
LINES = st.lists(
    st.sampled_from([piece.decode("latin-1") for piece in PIECES]) | st.text(max_size=20),
    max_size=25,
)


def proper(letter: Letter) -> bool:
    """Read by the reader itself, fit for any database, its date aware."""
    texts = [
        letter.text,
        letter.html,
        letter.reply,
        letter.quoted,
        letter.subject,
        letter.message_id,
    ]
    texts += [letter.sender.name, letter.sender.email, *(file.name for file in letter.attachments)]
    for text in texts:
        text.encode("utf-8")
    return (
        "unreadable" not in letter.flags
        and not any("\x00" in text for text in texts)
        and (letter.date is None or letter.date.tzinfo is not None)
        and "\n" not in letter.subject
    )


@given(st.binary(max_size=2_000))
@example(b"")
@settings(deadline=None, max_examples=200)
def test_it_makes_a_letter_of_any_bytes(raw: bytes) -> None:
    assert proper(read_letter(raw))


@given(MAILS)
@settings(deadline=None, max_examples=300)
def test_it_makes_a_letter_of_any_broken_mail(raw: bytes) -> None:
    assert proper(read_letter(raw, trusted_authserv="mx"))


@given(LINES)
@settings(deadline=None, max_examples=300)
def test_it_keeps_every_character_of_the_text(lines: list[str]) -> None:
    body = "\n".join(lines)
    split = split_reply(body)
    kept = Counter((split.reply_without_signature + split.signature + split.quoted).split())
    assert letters(kept) == letters(Counter(body.split()))


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_it_keeps_every_line_of_the_letter(lines: list[str]) -> None:
    letter = read_letter(("Subject: x\n\n" + "\n".join(lines)).encode("utf-8", "replace"))
    kept = Counter((letter.reply_without_signature + letter.signature + letter.quoted).split())
    assert letters(kept) == letters(Counter(letter.text.split()))


def letters(words: Counter[str]) -> Counter[str]:
    """Characters are counted, since a line may be cut where a quotation begins."""
    counted: Counter[str] = Counter()
    for word, times in words.items():
        for letter in word:
            counted[letter] += times
    return counted
