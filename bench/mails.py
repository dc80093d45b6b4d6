"""Mixed mails for measuring: four languages, 30 % replies, 10 % with a file of 50 kB."""

import random
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

_WORDS = {
    "en": ("The lamp arrived broken and nobody answers the phone.", "I am still waiting."),
    "pl": ("Lampa dotarła pęknięta, a telefonu nikt nie odbiera.", "Nadal czekam na odpowiedź."),
    "ru": ("Лампа пришла разбитой, а по телефону никто не отвечает.", "Я всё ещё жду ответа."),
    "sk": ("Lampa prišla rozbitá a telefón nikto nedvíha.", "Stále čakám na odpoveď."),
}
_CHARSETS = {"en": "us-ascii", "pl": "iso-8859-2", "ru": "koi8-r", "sk": "utf-8"}
_REPLIES, _WITH_HTML, _WITH_FILES, _FILE_BYTES = 0.3, 0.5, 0.1, 50_000


def mixed_mails(many: int, seed: int = 1) -> Iterator[bytes]:
    """Write mails of strangers, and further words of theirs on their own mails before.

    Args:
        many: how many.
        seed: of the draw; the same mails for the same seed.
    """
    draw = random.Random(seed)
    before: list[tuple[str, str, str]] = []
    for number in range(many):
        if before and draw.random() < _REPLIES:
            sender, answered, language = draw.choice(before)
        else:
            sender, answered = f"Customer {number} <customer{number}.{seed}@mail.example>", ""
            language = draw.choice(list(_WORDS))
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, "pomoc@krakofon.example"
        mail["Subject"] = f"{'Re: ' if answered else ''}{_WORDS[language][1]} {number}"
        mail["Message-ID"] = f"<{seed}.{number}@mail.example>"
        if answered:
            mail["In-Reply-To"] = mail["References"] = answered
        _as_it_came(mail, number, draw)
        _write(mail, language, draw, answered=bool(answered))
        before.append((sender, mail["Message-ID"], language))
        yield mail.as_bytes()


def write_mails(folder: Path, many: int, seed: int = 1) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(mixed_mails(many, seed)):
        (folder / f"{number:06}.eml").write_bytes(content)


def _as_it_came(mail: EmailMessage, number: int, draw: random.Random) -> None:
    """Add what servers and programs on the way write above a mail."""
    for hop in range(3):
        mail["Received"] = (
            f"from relay{hop}.mail.example (relay{hop}.mail.example [192.0.2.{hop}]) "
            f"by mx{hop}.krakofon.example (Postfix) with ESMTPS id {draw.randbytes(6).hex()} "
            f"for <pomoc@krakofon.example>; Mon, 2 Nov 2026 10:00:0{hop} +0100 (CET)"
        )
    signed = draw.randbytes(180).hex()
    mail["DKIM-Signature"] = (
        "v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example; s=2026; t=1793610000; "
        f"h=from:to:subject:message-id:date; bh={signed[:44]}; b={signed[44:300]}"
    )
    mail["Authentication-Results"] = (
        "mx.krakofon.example; dkim=pass header.d=mail.example; spf=pass"
    )
    mail["Date"] = f"Mon, 2 Nov 2026 10:00:{number % 60:02} +0100"
    mail["User-Agent"] = "Mozilla Thunderbird"


def _write(mail: EmailMessage, language: str, draw: random.Random, *, answered: bool) -> None:
    story, again = _WORDS[language]
    lines = [f"{story} ({draw.randrange(10_000)})" for _line in range(draw.randrange(3, 15))]
    if answered:
        lines = [again, "", "On Mon, 2 Nov 2026 at 10:00, Krakofon wrote:"]
        lines += [f"> {story}" for _line in range(8)]
    mail.set_content("\n".join(lines), charset=_CHARSETS[language])
    if draw.random() < _WITH_HTML:
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        mail.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html")
    if draw.random() < _WITH_FILES:
        content = draw.randbytes(_FILE_BYTES)
        mail.add_attachment(content, maintype="image", subtype="jpeg", filename="lamp.jpg")
