"""How well mails are read: run `python score/mail.py [DATA_DIR]`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from amends.expertise.correspondence import Letter, read_letter, split_reply

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
Row = dict[str, Any]


def main() -> int:
    """Print the three scores; 2 if the data is not there."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    mail = data / "mail"
    if not mail.is_dir():
        print(f"No mail data in {data}: name the data directory, python score/mail.py DATA_DIR.")
        return 2
    score_stripping(_rows(mail / "reply_stripping.jsonl"))
    score_constructed(mail / "constructed")
    score_fixtures(mail)
    return 0


def score_stripping(rows: list[Row]) -> None:
    """Share of bodies whose new text is found; sources disagree on whether it is signed."""
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        split = split_reply(row["body"], row["format"])
        wanted = _flat(row["reply"])
        signed = _flat(split.reply) == wanted
        either = signed or _flat(split.reply_without_signature) == wanted
        for group in ("all", row["source"]):
            right[group].update(rows=1, reply=signed, either=either)
        if not either:
            _say_wrong(row["id"], split.reply, row["reply"])
    for group, found in right.items():
        print(
            f"reply_stripping, {group}: reply {_share(found['reply'], found['rows'])}, "
            f"with or without signature {_share(found['either'], found['rows'])}"
        )


def score_constructed(folder: Path) -> None:
    """By variant for the open half; the half kept apart shows its totals only."""
    halves: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(folder / "manifest.jsonl"):
        letter = read_letter((folder / row["file"]).read_bytes())
        found = Counter(
            rows=1,
            reply=_flat(letter.reply) == _flat(row["reply"]),
            unsigned=_flat(letter.reply_without_signature) == _flat(row["reply_without_signature"]),
            charset=_flat(letter.text) == _flat(row["text"]),
            subject=letter.subject == row["subject"],
        )
        apart = _kept_apart(row["file"])
        halves["kept apart" if apart else "open half"].update(found)
        if not apart:
            halves[f"open half, {row['variant']}"].update(found)
            if len(+found) < 5:
                _say_wrong(row["file"], letter.reply, row["reply"])
    for name, found in sorted(halves.items()):
        shares = (f"{key} {_share(found[key], found['rows'])}" for key in list(found)[1:])
        print(f"constructed, {name}: {', '.join(shares)}")


def score_fixtures(mail: Path) -> None:
    """Mails read at all, and fields that agree with another parser's reading."""
    agreed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    unread = 0
    rows = _rows(mail / "eml_manifest.jsonl")
    for row in rows:
        letter = read_letter((mail / row["file"]).read_bytes())
        unread += "unreadable" in letter.flags
        for name, same in _compared(letter, row.get("expected", {})):
            asked[name] += 1
            agreed[name] += same
            if not same:
                _say_wrong(f"{row['file']} {name}", "", str(row["expected"].get(name)))
    print(f"eml: {len(rows) - unread} of {len(rows)} read without exception")
    print("eml agreement:", ", ".join(f"{n} {_share(agreed[n], asked[n])}" for n in asked))


def _compared(letter: Letter, expected: Row) -> Iterable[tuple[str, bool]]:
    if not expected:
        return
    yield "subject", letter.subject == _flat(expected["subject"] or "")
    yield "from", letter.sender.email == ((expected["from"] or [""])[0] or "")
    yield "to", [a.email for a in letter.to] == [to for to in expected["to"] if to]
    yield "attachments", len(letter.attachments) == expected["attachments"]
    if "date" in expected:
        yield "date", letter.date == datetime.fromisoformat(expected["date"])
    if not expected.get("text_is_html"):
        yield "text", _flat(letter.text) == _flat(expected["text"].replace("\x00", ""))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "-"


def _kept_apart(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def _say_wrong(name: str, got: str, wanted: str) -> None:
    if "-v" in sys.argv:
        print(f"  {name}: got {_flat(got)[:150]!r}, wanted {_flat(wanted)[:150]!r}")


if __name__ == "__main__":
    raise SystemExit(main())
