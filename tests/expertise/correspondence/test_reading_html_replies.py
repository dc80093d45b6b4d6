"""In HTML the marks of the mail programs are believed first."""

import pytest

from amends.expertise.correspondence import read_letter, split_reply

OLD = "<p>Dear customer,</p><p>old text</p>"


@pytest.mark.parametrize(
    "history",
    [
        f'<div class="gmail_quote">Valahol valaki &lt;a@x.example&gt; ezt írta:<br><blockquote class="gmail_quote">{OLD}</blockquote></div>',
        f'<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">???</div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
        f'<div class="moz-cite-prefix">???</div><blockquote type="cite">{OLD}</blockquote>',
        f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">???</div>{OLD}',
        f'<div class="OutlookMessageHeader">???</div>{OLD}',
        f'<div class="yahoo_quoted">???{OLD}</div>',
        f'<hr id="stopSpelling">???{OLD}',
        f"<p>03.05.2024, 10:12, &quot;Служба&quot; &lt;<a href='mailto:h@b.example'>h@b.example</a>&gt;:</p><blockquote>{OLD}</blockquote>",
        f'<div style="border-top:solid #B5C4DF 1.0pt"><p class="MsoNormal"><b>Od:</b> Biuro &lt;b@x.example&gt;<br><b>Wysłano:</b> piątek<br><b>Do:</b> Jan<br><b>Temat:</b> x</p></div>{OLD}',
    ],
)  # fmt: skip
def test_it_ends_new_text_at_a_program_mark(history: str) -> None:
    split = split_reply(
        f"<html><body><div>Still <b>nothing</b>.<br>What now?</div>{history}</body></html>", "html"
    )
    assert split.reply == "Still nothing.\nWhat now?"
    assert "old text" in split.quoted


def test_it_reads_answers_inside_gmails_container() -> None:
    split = split_reply(
        '<div class="gmail_quote"><div class="gmail_attr">On Friday X wrote:</div><blockquote class="gmail_quote">Which?</blockquote>'
        '<div>Number five.</div><blockquote class="gmail_quote">When?</blockquote><div>In May.</div></div>',
        "html",
    )
    assert split.reply == "Number five.\n\nIn May."


def test_it_believes_a_marked_signature() -> None:
    split = split_reply(
        '<div>Nothing came.</div><div class="gmail_signature">Shop &amp; Co<br>5 Long Street</div>',
        "html",
    )
    assert split.reply_without_signature == "Nothing came."
    assert split.signature == "Shop & Co\n5 Long Street"


def test_it_reads_html_as_a_person_sees_it() -> None:
    raw = b"Content-Type: text/html\n\n<style>p{}</style><p>One\n two<br>three</p><ul><li>a<li>b</ul><table><tr><td>c<td>d</table><pre>e\n f</pre>"
    assert read_letter(raw).text == "One two\nthree\n\n* a\n* b\n\nc d\n\ne\n f"


def test_it_prefers_the_plain_version_and_falls_back_to_html() -> None:
    mail = (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{}\n"
        "--b\nContent-Type: text/html\n\n<p>from html</p>\n--b--\n"
    )
    assert read_letter(mail.format("from plain").encode()).text == "from plain"
    assert read_letter(mail.format("  ").encode()).text == "from html"
    assert read_letter(mail.format("from plain").encode()).html == "<p>from html</p>"


def test_it_shows_the_letter_and_not_only_the_list_footer() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The letter</p>\n--b\n\nFooter\n--b--"
    assert read_letter(raw).text == "The letter\n\nFooter"
