"""Files come out whole, under names that can hurt nobody."""

import base64
import hashlib

import pytest

from amends.expertise.correspondence import Attachment, read_letter


def attached(*headers: str, body: bytes = b"x") -> Attachment:
    head = "\n".join(headers).encode("utf-8")
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nletter\n--b\n"
        + head
        + b"\n\n"
        + body
        + b"\n--b--\n"
    )
    letter = read_letter(raw)
    assert letter.text == "letter"
    return letter.attachments[0]


def test_it_keeps_the_bytes_and_their_hash() -> None:
    content = bytes(range(256))
    file = attached(
        "Content-Type: image/png; name=a.png",
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(content),
    )
    assert file.content == content
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.media_type == "image/png"


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\Users\\\\a\\\\bill.pdf"', "bill.pdf"),
        ("filename*=utf-8''za%C5%BC%C3%B3%C5%82%C4%87.pdf", "zażółć.pdf"),
        ("filename*0*=utf-8''za%C5%BC; filename*1=.pdf", "zaż.pdf"),
        ('filename="=?utf-8?q?=C5=BCal.pdf?="', "żal.pdf"),
        ('filename="żal.pdf"', "żal.pdf"),
        ('filename="bill\u202efdp.exe"', "bill fdp.exe"),
        ('filename="con.txt"', "_con.txt"),
        ('filename="a<b>|c?.txt"', "a_b__c_.txt"),
        ('filename="..."', "part-1.pdf"),
        (f'filename="{"a" * 400}.pdf"', f"{'a' * 116}.pdf"),
    ],
)  # fmt: skip
def test_it_makes_the_name_safe(declared: str, name: str) -> None:
    file = attached("Content-Type: application/pdf", f"Content-Disposition: attachment; {declared}")
    assert file.name == name


def test_it_takes_a_malformed_type_for_bytes() -> None:
    assert (
        attached('Content-Type: text/"><script>', "Content-Disposition: attachment").media_type
        == "application/octet-stream"
    )


def test_it_keeps_an_attached_mail_closed() -> None:
    inner = b"Subject: Inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ninside\n--c--"
    file = attached("Content-Type: message/rfc822", body=inner)
    assert (file.name, file.media_type, file.content) == ("Inner.eml", "message/rfc822", inner)


def test_it_keeps_inline_pictures_with_their_id() -> None:
    file = attached("Content-Type: image/gif", "Content-ID: <pic@x>", "Content-Disposition: inline")
    assert (file.name, file.content_id) == ("part-1.gif", "pic@x")


def test_it_keeps_a_text_file_apart_from_the_letter() -> None:
    assert attached("Content-Type: text/plain; name=log.txt", body=b"log").content == b"log"


@pytest.mark.parametrize("last", [b"letter--b--", b"letter--b--\n\n", b"letter", b"letter\n--b--"])
def test_the_last_boundary_may_be_glued_to_the_text_or_missing(last):
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n\n" + last
    assert read_letter(raw).text == "first\n\nletter"


def test_what_looks_like_a_boundary_within_the_text_stays():
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nletter--b-- goes on\n--b--"
    assert read_letter(raw).text == "letter--b-- goes on"


@pytest.mark.parametrize("named", ['filename="чек.pdf"', "filename*=%F7%E5%EA.pdf"])
def test_a_name_without_a_charset_is_read_as_the_letter_is(named: str) -> None:
    text = "Деньги списали дважды, прошу вернуть их на карту.".encode("cp1251")
    mail = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
        + text
        + b"\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; "
        + named.encode("cp1251")
        + b"\n\nx\n--b--\n"
    )
    assert [file.name for file in read_letter(mail).attachments] == ["чек.pdf"]
