"""HTML from strangers, made fit to be shown inside our pages."""

from __future__ import annotations

import html
import re

import nh3

from .tables import table

DEEPEST = 400
MOST_FORMATTING = 60

_ELEMENTS = {name: frozenset(row.split()) for name, row in table("html.toml")["elements"].items()}
_CELL = {"colspan", "rowspan", "align", "valign"}
_SHOWN: dict[str, set[str]] = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": _CELL,
    "th": _CELL,
}
_MARKS = {
    "class",
    "id",
    "type",
    "name",
    "data-signatureblock",
    "data-signature-widget",
    "data-marker",
}

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_PICTURE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_EMBEDDED = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//|cid:", re.IGNORECASE)
_LINK = re.compile(r"https?://|mailto:", re.IGNORECASE)


def well_formed(markup: str) -> str:
    """Parse as a browser would, without scripts, styles and forms, and write it out again.

    The marks of mail programs (class, id and others) are still there, so this is not yet fit to be
    shown. Hostile nesting is flattened to text first: it costs parsers quadratic time.

    Args:
        markup: any text.
    """
    return nh3.clean(
        _tamed(markup),
        tags=set(_ELEMENTS["shown"]),
        clean_content_tags=set(_ELEMENTS["dropped"]),
        attributes=_SHOWN | {"*": _SHOWN["*"] | _MARKS},
        url_schemes={"http", "https", "mailto", "cid", "data"},
        link_rel=None,
    )


def sanitised(markup: str) -> str:
    """Make HTML safe to show: no scripts, styles, forms or event attributes, no remote picture.

    Links go to http, https and mailto only. A picture from elsewhere keeps its address in
    `data-src`, where a page may offer to load it; pictures written into the HTML stay.

    Args:
        markup: what `well_formed` gave.
    """
    return nh3.clean(
        _PICTURE.sub(_switched_off, markup),
        tags=set(_ELEMENTS["shown"]),
        clean_content_tags=set(_ELEMENTS["dropped"]),
        attributes=_SHOWN | {"img": _SHOWN["img"] | {"data-src"}},
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def _switched_off(found: re.Match[str]) -> str:
    if _EMBEDDED.match(found[1].partition(' src="')[2]):
        return found[0]
    return f"<img{found[1].replace(' src=', ' data-src=', 1)}>"


def _allowed(_tag: str, attribute: str, value: str) -> str | None:
    match attribute:
        case "src":
            return value if _EMBEDDED.match(value) else None
        case "data-src":
            return value if _REMOTE.match(value) else None
        case "href":
            return value if _LINK.match(value.strip()) else None
        case _:
            return value


def _tamed(markup: str) -> str:
    markup = markup.replace("\x00", "")
    if markup.count("<") < DEEPEST or not _is_hostile(markup):
        return markup
    return html.escape(html.unescape(re.sub(r"<[^<>]*>", " ", markup)))


def _is_hostile(markup: str) -> bool:
    depth = formatting = 0
    for closing, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _ELEMENTS["unnested"]:
            continue
        step = -1 if closing else 1
        depth = max(0, depth + step)
        if tag in _ELEMENTS["formatting"]:
            formatting = max(0, formatting + step)
        if depth > DEEPEST or formatting > MOST_FORMATTING:
            return True
    return False
