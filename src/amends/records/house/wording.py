"""What a text of the house may hold: words, and in braces the fields that the program fills."""

from string import Formatter

from amends.records.house import knowledge

LONGEST_SUBJECT = 200
LONGEST_BODY = 8_000
# What a text is for: without the link nobody could answer, and a sign-off names the house.
_NEEDED = {"signoff": "house", "understood": "goal", "privacy": "house"}


class TextRefused(Exception):
    """A text of the house can't be kept as it is; the field in question is its argument."""

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


class NoSuchField(TextRefused):
    """The text names a field that the program can't fill."""


class FieldMissing(TextRefused):
    """The text leaves out a field without which it makes no sense."""


class BraceAlone(TextRefused):
    """A brace opens or closes nothing."""


class NothingWritten(TextRefused):
    """The text is empty."""


def check(kind: str, language: str, *, subject: str, body: str) -> None:
    """Raise TextRefused unless the program can fill the text, and it says what it is for."""
    original = knowledge.original(kind, language)
    if not body.strip() or (original.subject and not subject.strip()):
        raise NothingWritten
    known = knowledge.fields_of(kind)
    for name in fields_in(subject) | fields_in(body):
        if name not in known:
            raise NoSuchField(name)
    needed = _NEEDED.get(kind, "link")
    if needed in fields_in(original.body) and needed not in fields_in(body):
        raise FieldMissing(needed)


def fields_in(text: str) -> set[str]:
    """Return the names in braces; what is more than a name (`{a.b}`, `{a:9}`) is one as a whole."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as alone:
        raise BraceAlone from alone
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _words, name, spec, conversion in parts
        if name is not None
    }
