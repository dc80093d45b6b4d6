"""Translations: collected from code and templates, compiled without msgfmt.

python -m amends.ground.ui.translations collect   brings the catalogues up to date
python -m amends.ground.ui.translations compile   writes the .mo files where they are older
"""

import io
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("pl", "ru", "sk")
SOURCES = Path(__file__).resolve().parents[2]
CATALOGUES = SOURCES / "site" / "locale"
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def catalogue_path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "django.po"


def collected() -> Catalog:
    """Return all that is to be translated, with where it stands."""
    catalogue = Catalog(project="amends", charset="utf-8")
    found = extract_from_dir(
        SOURCES,
        method_map=[
            ("**.py", "python"),
            ("**/templates/**.html", "amends.ground.ui.translations:template_strings"),
        ],
        options_map={},
        keywords=_KEYWORDS,
    )
    for file, _line, message, comments, context in sorted(found, key=lambda row: row[:2]):
        catalogue.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return catalogue


def template_strings(
    file: Any, _keywords: Any, comment_tags: Any, options: Any
) -> Generator[Any, None, None]:
    """Extract from a Django template by way of Django's own reading of it."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    python = templatize(file.read().decode("utf-8"))
    yield from extract_python(io.BytesIO(python.encode("utf-8")), _KEYWORDS, comment_tags, options)


def collect() -> None:
    """Bring each catalogue up to date; what is new stands there untranslated."""
    fresh = collected()
    for language in LANGUAGES:
        place = catalogue_path(language)
        place.parent.mkdir(parents=True, exist_ok=True)
        known = _read(place, language) if place.exists() else Catalog(locale=language)
        known.update(fresh, no_fuzzy_matching=True)
        known.obsolete.clear()
        known.fuzzy = False
        known.header_comment = ""
        with place.open("wb") as file:
            write_po(
                file, known, width=100, sort_by_file=True, include_lineno=False,
                ignore_obsolete=True,
            )  # fmt: skip


def compile_() -> None:
    """Write the .mo files that are missing or older than their catalogue."""
    for language in LANGUAGES:
        place = catalogue_path(language)
        compiled = place.with_suffix(".mo")
        if not place.exists():
            continue
        if compiled.exists() and compiled.stat().st_mtime >= place.stat().st_mtime:
            continue
        unfinished = compiled.with_suffix(".mo.new")
        with unfinished.open("wb") as file:
            write_mo(file, _read(place, language))
        unfinished.replace(compiled)


def _read(place: Path, language: str) -> Catalog:
    with place.open("rb") as file:
        return read_po(file, locale=language)


def main(arguments: Iterable[str]) -> None:
    {"collect": collect, "compile": compile_}[next(iter(arguments))]()


if __name__ == "__main__":
    main(sys.argv[1:])
