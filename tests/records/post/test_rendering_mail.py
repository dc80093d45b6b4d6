import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.records.post import addresses, message_ids
from amends.records.post.models import BadAddress, Outgoing
from amends.records.post.rendering import render

NASTY = "Lamp\r\nBcc: everyone@example.org\r\n\r\nBuy!"


def parsed(mail):
    return email.message_from_bytes(render(mail), policy=email.policy.default)


def text_of(read):
    return read.get_payload(decode=True).decode().replace("\r\n", "\n")


def test_it_reads_back_as_it_was_written(post):
    body = (
        "Szanowna Pani Nowak,\n\nprzepraszamy – „lampa” już jedzie. " + "Ż" * 3000 + "\n.\nFrom us"
    )
    mail = post(
        subject="Pani lampa nr 7: przepraszamy za opóźnienie i mówimy, co dalej " * 3,
        to_name="Nowak, Żaneta (dom)",
        from_name='Lampy "Jasne"',
        body=body,
        language="pl",
    )
    read = parsed(mail)
    assert read["Subject"] == mail.subject
    assert read["To"].addresses[0].display_name == "Nowak, Żaneta (dom)"
    assert read["To"].addresses[0].addr_spec == "nowak@example.org"
    assert read["From"].addresses[0].display_name == 'Lampy "Jasne"'
    assert read["Content-Language"] == "pl"
    assert read["Date"].datetime == mail.created_at
    assert text_of(read) == body + "\n"
    raw = render(mail)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r\nFrom us" not in raw


def test_it_keeps_long_message_ids_whole(post):
    long = [f"<{letter * 120}@mail.example.org>" for letter in "abc"]
    mail = post(in_reply_to=long[-1], references=[*long, long[0]])
    raw = render(mail).decode()
    assert f"In-Reply-To: {long[-1]}\r\n" in raw
    assert "References: " + "\r\n ".join(long) + "\r\n" in raw


def test_it_drops_what_is_no_message_id(post):
    mail = post(in_reply_to="no id\r\nBcc: a@b.c", references=["<a@b> <c@d>", "junk", ""])
    assert (mail.in_reply_to, mail.references) == ("", ["<a@b>", "<c@d>"])


@pytest.mark.parametrize("field", ["subject", "to_name", "from_name"])
def test_it_lets_no_header_be_slipped_in(post, field):
    read = parsed(post(**{field: NASTY}))
    assert read["Bcc"] is None
    assert text_of(read) == "We are sorry.\n"


@pytest.mark.parametrize("field", ["to", "from_address", "reply_to"])
@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "a b@c.example",
        "<a@b.example>", "nobody", "@b.example", "a@", "a@b..example", "a@@b.example",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_single_address(post, field, address):
    with pytest.raises(BadAddress):
        post(**{field: address})
    assert not Outgoing.objects.exists()


def test_it_writes_to_a_domain_of_any_letters(post):
    assert (
        post(to="zażółć@lampy-świecą.example").to_address == "zażółć@xn--lampy-wiec-dhb14h.example"
    )


def test_it_says_that_a_program_wrote_it(post):
    answer = parsed(post(automatic=True, in_reply_to="<a@b>"))
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["X-Auto-Response-Suppress"] == "All"
    assert parsed(post(automatic=True))["Auto-Submitted"] == "auto-generated"
    assert parsed(post())["Auto-Submitted"] is None


def test_it_bears_a_message_id_that_we_know_as_ours(post):
    mail = post()
    assert mail.message_id.endswith("@lamps.example>")
    assert message_ids.key_of(mail.message_id) == mail.pk
    forged = mail.message_id.replace(mail.pk.hex, "0" * 32)
    assert message_ids.key_of(forged) is None
    assert list(Outgoing.objects.named_by(["<x@y>", mail.message_id])) == [mail]


@given(subject=st.text(max_size=300), name=st.text(max_size=80), body=st.text(max_size=300))
def test_it_renders_any_text_as_one_mail(subject, name, body):
    mail = Outgoing(
        to_address="a@b.example", from_address="c@d.example", message_id="<x@d.example>",
        subject=addresses.one_line(subject), to_name=addresses.one_line(name),
        body=addresses.encodable(body), created_at=datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip
    read = parsed(mail)
    assert [name.lower() for name in read] == [
        "date", "from", "to", *(["subject"] if mail.subject else []), "message-id",
        "mime-version", "content-type", "content-transfer-encoding",
    ]  # fmt: skip
    wanted = mail.body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    assert text_of(read) == wanted
