"""HTML of a mail as lines of text, with what the mail program's own marks say about them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from .quotes import Kind, Line
from .sanitising import well_formed
from .tables import table

_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ELEMENTS = {name: frozenset(row.split()) for name, row in table("html.toml")["elements"].items()}
_BLOCKS, _SPACED, _VOID = _ELEMENTS["blocks"], _ELEMENTS["spaced"], _ELEMENTS["void"]


def _bearing(attribute: str, *names: str) -> str:
    marks: dict[str, list[str]] = table("html.toml")["marks"]
    values = "|".join(re.escape(mark) for name in names for mark in marks[name])
    return rf'(?:{attribute})="[^"]*(?:{values})'


_CONTAINER = re.compile(_bearing("class", "containing"))


def _otherwise(name: str) -> str:
    return "|".join(re.escape(mark) for mark in table("html.toml")["marks"][name])


_QUOTING = re.compile(
    "|".join((_bearing("class|id", "quoting", "containing"), _otherwise("quoting_otherwise")))
)
_FROM_HERE_ON = re.compile(_bearing("class|id", "from_here_on"))
_SIGNING = re.compile(
    "|".join(
        (
            _bearing("class", "signing_class"),
            _bearing("id", "signing_id"),
            _otherwise("signing_otherwise"),
        )
    )
)


@dataclass(slots=True)
class _Element:
    tag: str
    mark: Kind | None = None
    prefix: bool = False


@dataclass(slots=True)
class _Page:
    """What has been read so far."""

    lines: list[Line] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)
    containers: list[_Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    depth: dict[Kind, int] = field(default_factory=lambda: {Kind.QUOTED: 0, Kind.SIGNATURE: 0})
    prefixes: int = 0
    verbatim: int = 0
    rest_quoted: bool = False


def html_lines(markup: str) -> list[Line]:
    """Read HTML as a person sees it.

    Args:
        markup: HTML as it came.

    Returns:
        Lines; those a mail program marked as quoted or as signature bear that mark. A plain
        <blockquote> gives lines with "> ", to be judged like any other quote.
    """
    return lines_of(well_formed(markup))


def lines_of(tidy: str) -> list[Line]:
    """The same for what `well_formed` has already tidied."""
    page = _Page()
    for closing, tag, attributes, text in _TOKEN.findall(tidy):
        if text:
            page.text.append(text)
        elif closing:
            _close(page, tag)
        else:
            _open(page, tag, attributes)
    _break(page)
    return page.lines


def _open(page: _Page, tag: str, attributes: str) -> None:
    if tag in _BLOCKS or tag == "br":
        _break(page, keep_empty=tag == "br")
    if tag in _SPACED and "MsoNormal" not in attributes:
        _gap(page)
    if tag in {"td", "th"} and page.text:
        page.text.append(" ")
    if tag == "li":
        page.text.append("* ")
    if attributes and _FROM_HERE_ON.search(attributes):
        _break(page)
        page.rest_quoted = True
    if tag not in _VOID:
        _enter(page, tag, attributes)


def _enter(page: _Page, tag: str, attributes: str) -> None:
    element = _Element(tag, _mark(tag, attributes))
    element.prefix = tag == "blockquote" and element.mark is None
    if element.mark:
        _break(page)
        page.depth[element.mark] += 1
    if tag != "blockquote" and element.mark and _CONTAINER.search(attributes):
        page.containers.append(element)
    page.prefixes += element.prefix
    page.verbatim += tag == "pre"
    page.open.append(element)


def _mark(tag: str, attributes: str) -> Kind | None:
    if not attributes:
        return None
    cited = tag == "blockquote" and 'type="cite"' in attributes
    if cited or _QUOTING.search(attributes):
        return Kind.QUOTED
    return Kind.SIGNATURE if _SIGNING.search(attributes) else None


def _close(page: _Page, tag: str) -> None:
    if not page.open or page.open[-1].tag != tag:
        return
    element = page.open[-1]
    if tag in _BLOCKS or element.mark:
        _break(page)
    if tag in _SPACED:
        _gap(page)
    page.open.pop()
    page.prefixes -= element.prefix
    page.verbatim -= tag == "pre"
    if element.mark:
        page.depth[element.mark] -= 1
    if tag == "blockquote":
        _release(page)


def _release(page: _Page) -> None:
    """Gmail writes answers between quotes inside its quote container, so behind the first
    quotation the container proves nothing any more.
    """
    for container in page.containers:
        if container.mark:
            page.depth[container.mark] -= 1
            container.mark = None
    page.containers.clear()


def _break(page: _Page, *, keep_empty: bool = False) -> None:
    """End the line."""
    raw = "".join(page.text)
    page.text.clear()
    if not (keep_empty or page.verbatim or raw.strip()):
        return
    text = html.unescape(raw)
    rows = text.split("\n") if page.verbatim else [_SPACE.sub(" ", text).strip(" ")]
    for row in rows:
        plain = row.replace("\xa0", " ").rstrip()
        if plain or keep_empty or page.verbatim:
            page.lines.append(Line(_prefixed(plain, page), _current(page)))


def _prefixed(text: str, page: _Page) -> str:
    return f"{'>' * min(page.prefixes, 5)} {text}".rstrip() if page.prefixes and text else text


def _current(page: _Page) -> Kind | None:
    if page.rest_quoted or page.depth[Kind.QUOTED]:
        return Kind.QUOTED
    return Kind.SIGNATURE if page.depth[Kind.SIGNATURE] else None


def _gap(page: _Page) -> None:
    """One empty line, never two."""
    if page.lines and page.lines[-1].text:
        page.lines.append(Line("", _current(page)))
