"""Files go with a mail: the same bytes each time, names in any language, nothing forged."""

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.correspondence import read_letter
from amends.ground.files import KeptFile, keep
from amends.records.post.rendering import _file_name, render

NAMES = ["bill.pdf", "Rachunek za październik.pdf", "Счёт № 7 «копия».pdf", "Zľava – ďakujeme.pdf", 'a "b" c.txt', "ż" * 100 + ".pdf", "=?utf-8?q?x?=.txt"]  # fmt: skip


@pytest.fixture
def with_files(post):
    def with_files(*files, **more):
        kept = [KeptFile(name, kind, len(body), keep(body)) for name, kind, body in files]
        return post(attached=kept, **more)

    return with_files


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_names_and_bytes(with_files, name):
    content = bytes(range(256)) * 40
    mail = with_files((name, "application/pdf", content), body="Proszę bardzo, oto rachunek.")
    raw = render(mail)
    assert raw == render(type(mail).objects.get(pk=mail.pk))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    letter = read_letter(raw)
    [file] = letter.attachments
    assert file.content == content
    assert letter.text.strip() == "Proszę bardzo, oto rachunek."
    read = email.message_from_bytes(raw, policy=email.policy.default)
    [part] = read.iter_attachments()
    assert part.get_filename() == name
    assert part.get_content_type() == "application/pdf"


def test_it_keeps_the_order_and_an_empty_file(with_files):
    mail = with_files(("a.txt", "text/plain", b""), ("b.txt", "text/plain", b"From x\r\n.\r\n"))
    read = email.message_from_bytes(render(mail), policy=email.policy.default)
    found = [
        (part.get_filename(), part.get_payload(decode=True)) for part in read.iter_attachments()
    ]
    assert found == [("a.txt", b""), ("b.txt", b"From x\r\n.\r\n")]


def test_it_lets_no_text_forge_a_part(with_files):
    mail = with_files(("a.txt", "text/plain", b"a"))
    boundary = f"--=_{mail.id.hex}"
    mail.body = f"{boundary}\nContent-Type: text/html\n\n<b>forged</b>\n{boundary}--\n"
    read = email.message_from_bytes(render(mail), policy=email.policy.default)
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/plain"]
    assert "forged" in read.get_body().get_content()


@given(st.text(min_size=1, max_size=130))
def test_it_writes_any_name_in_short_lines(name):
    written = _file_name(name)
    assert written.isascii()
    assert all(len(line) <= 78 for line in written.split("\r\n"))
    assert not any(
        line and not line.startswith((" ", "filename")) for line in written.split("\r\n")
    )
