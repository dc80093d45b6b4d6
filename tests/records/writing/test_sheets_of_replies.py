"""Saved replies from CSV: read whole, shown line by line, kept only when told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.records.writing import sheet
from amends.records.writing.models import SavedReply

HEAD = "name,language,text,shared\n"


@pytest.fixture
def read(cast):
    def read(text, who="ana"):
        content = text.encode() if isinstance(text, str) else text
        return sheet.read(content, by=getattr(cast, who))

    return read


def states(lines):
    return [(line.state, line.why) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + 'Late,en,"Hello {name},\nit is late.",no\nLate,pl,Spóźnia się.,\n',
        (
            "\ufeffName;Language;Text;Shared\r\n"
            'Late;EN;"Hello {name},\r\nit is late.";no\r\n\r\nLate;pl;Spóźnia się.;\r\n'
        ),
    ],
)
def test_it_reads_what_spreadsheets_write(read, cast, now, text):
    lines = read(text)
    assert states(lines) == [("new", ""), ("new", "")]
    assert sheet.keep(lines, by=cast.ana, at=now) == 1
    reply = SavedReply.objects.get()
    texts = {text.language: text.text for text in reply.texts.all()}
    assert texts == {"en": "Hello {name},\nit is late.", "pl": "Spóźnia się."}
    assert reply.owner == cast.ana


def test_it_says_which_lines_it_is_about(read):
    lines = read(HEAD + 'A,en,"one\ntwo",\nB,xx,text,\n')
    assert [line.number for line in lines] == [2, 4]


def test_it_keeps_nothing_by_looking(read):
    read(HEAD + "Late,en,Hello,\n")
    assert not SavedReply.objects.exists()


def test_it_tells_new_changed_and_same_apart_and_leaves_other_texts(read, cast, now):
    SavedReply.objects.make(name="Late", texts={"en": "Hello", "sk": "Ahoj"}, by=cast.ana, at=now)
    lines = read(HEAD + "late,en,Hello,\nLate,sk,Dobrý deň,\nLate,pl,Cześć,\nNew,en,x,\n")
    assert [line.state for line in lines] == ["same", "changed", "changed", "new"]
    sheet.keep(lines, by=cast.ana, at=now)
    late = SavedReply.objects.get(name="Late")
    texts = {text.language: text.text for text in late.texts.all()}
    assert texts == {"en": "Hello", "sk": "Dobrý deň", "pl": "Cześć"}


WRONG = {
    "no name": (" ,en,x,", "no_name"),
    "no text": ("A,en, ,", "no_text"),
    "no language": ("A,,x,", "language"),
    "a language of others": ("A,de,x,", "language"),
    "an unknown field": ("A,en,{nmae},", "field"),
    "a long name": ("A" * 81 + ",en,x,", "too_long"),
    "a long text": ("A,en," + "x" * 10_001 + ",", "too_long"),
    "shared by an agent": ("A,en,x,yes", "only_a_lead"),
    "a short line": ("A", "language"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_it_names_what_is_wrong_and_keeps_the_rest(read, cast, now, wrong):
    row, why = WRONG[wrong]
    lines = read(f"{HEAD}{row}\nGood,en,x,\n")
    assert states(lines) == [("wrong", why), ("new", "")]
    sheet.keep(lines, by=cast.ana, at=now)
    assert SavedReply.objects.get().name == "Good"


def test_it_takes_no_line_twice(read):
    lines = read(HEAD + "A,en,x,\na,en,y,\nA,en,z,yes\n", "ewa")
    assert states(lines) == [("new", ""), ("wrong", "twice"), ("new", "")]


UNREADABLE = {
    "nothing": (b"", "empty"),
    "a head alone": (HEAD.encode(), "empty"),
    "no columns": (b"hello\nworld\n", "columns"),
    "latin 2": ("name,language,text\nA,pl,Sp\xf3\xb6ni".encode("latin-1"), "encoding"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "encoding"),
    "UTF-16": (HEAD.encode("utf-16"), "encoding"),
    "a null": (HEAD.encode() + b"A,en,x\0,\n", "encoding"),
    "too large": (HEAD.encode() + b"x" * sheet.MOST_BYTES, "large"),
    "too many lines": ((HEAD + "A,en,x,\n" * (sheet.MOST_ROWS + 1)).encode(), "rows"),
    "an open quotation": ((HEAD + 'A,en,"x').encode(), "columns"),
    "a cell without end": ((HEAD + "A,en," + "x" * 200_000).encode(), "columns"),
}


@pytest.mark.parametrize("bad", UNREADABLE)
def test_it_says_why_a_file_is_no_sheet(read, bad):
    content, why = UNREADABLE[bad]
    with pytest.raises(sheet.SheetUnreadable, match=why):
        read(content)


@pytest.mark.django_db
@given(content=st.binary(max_size=300))
def test_it_takes_any_bytes(content):
    from amends.records.people.models import Person

    nobody = Person(name="Nobody")
    for given_bytes in (content, HEAD.encode() + content):
        try:
            lines = sheet.read(given_bytes, by=nobody)
        except sheet.SheetUnreadable:
            continue
        assert {line.state for line in lines} <= {"new", "wrong"}


@pytest.mark.parametrize("name", ["=1+1", "+48", "-5%", "@home", "Plain", "'quoted'"])
def test_it_reads_back_what_it_wrote_and_gives_a_spreadsheet_no_formula(read, cast, now, name):
    text = f'{name} says\n{{name}}; "yes", no'
    SavedReply.objects.make(name=name, texts={"en": text}, by=cast.ana, at=now)
    written = sheet.write(SavedReply.objects.prefetch_related("texts"))
    cells = written.split("\n", 1)[1]
    assert not cells.lstrip('"').startswith(("=", "+", "-", "@"))
    [line] = read(written)
    assert (line.state, line.name, line.text) == ("same", name, text)
