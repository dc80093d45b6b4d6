"""`reply --jsonl`: a line in, a line out, and a wrong line is named."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

ROWS = [
    {"id": 1, "body": "Ďakujem.\n\n> Dobrý deň", "format": "plain"},
    {"id": "b", "body": "<p>Спасибо.</p><blockquote>Здравствуйте</blockquote>", "format": "html"},
    {"id": None, "body": "Thanks.\n-- \nAnn"},
]


def split(lines, monkeypatch=None, tmp_path=None):
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        call_command("reply", jsonl="-", stdout=out)
    else:
        file = tmp_path / "bodies.jsonl"
        file.write_text(lines, encoding="utf-8")
        call_command("reply", jsonl=str(file), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered(monkeypatch):
    lines = "\n".join(json.dumps(row) for row in ROWS) + "\n\n"
    assert split(lines, monkeypatch) == [
        {"id": 1, "reply": "Ďakujem.", "reply_without_signature": "Ďakujem."},
        {"id": "b", "reply": "Спасибо.", "reply_without_signature": "Спасибо."},
        {"id": None, "reply": "Thanks.\n--\nAnn", "reply_without_signature": "Thanks."},
    ]


@pytest.mark.parametrize(
    "wrong", ["no json", "[]", '{"id": 1}', '{"id": 1, "body": "a", "format": "rtf"}', '{"id": 1, "body": 2}']
)  # fmt: skip
def test_a_wrong_line_is_named(wrong, tmp_path):
    with pytest.raises(CommandError, match="Line 2"):
        split(f"{json.dumps(ROWS[0])}\n{wrong}\n", tmp_path=tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.jsonl"):
        call_command("reply", jsonl=str(tmp_path / "none.jsonl"))
