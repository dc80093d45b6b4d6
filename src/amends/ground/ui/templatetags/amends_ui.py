from decimal import Decimal
from functools import lru_cache

from babel.core import Locale
from babel.numbers import format_currency
from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from lucide.templatetags.lucide import lucide

register = template.Library()

# Signs that other languages' tables replace by the code, though a customer writes the sign.
OWN_SIGNS = {"PLN": "zł", "CZK": "Kč", "HUF": "Ft", "UAH": "₴", "RUB": "₽"}


@register.simple_tag
def icon(name: str, size: int | str = 18, label: str = "") -> SafeString:
    """An icon is decoration unless it has a label; then it is read out as an image."""
    drawing = _drawing(name, int(size))
    if not label:
        return format_html('<svg aria-hidden="true" {}', drawing)
    return format_html('<svg role="img" aria-label="{}" {}', label, drawing)


@register.filter
def initials(name: str) -> str:
    parts = str(name).split()
    chosen = parts[:1] + parts[-1:] if len(parts) > 1 else parts
    return "".join(part[0] for part in chosen).upper()


@register.filter
def first_name(name: str) -> str:
    return str(name).split(" ", 1)[0]


@register.filter
def money(amount: Decimal | str | int, currency: str) -> str:
    """Write an amount as the reader's language does; whole amounts lose their noughts."""
    value = Decimal(str(amount))
    locale = Locale.parse(get_language() or "en", sep="-")
    pattern = locale.currency_formats["standard"].pattern
    sign = OWN_SIGNS.get(currency)
    if sign:
        pattern = f"#,##0.00\N{NO-BREAK SPACE}'{sign}'"
    if value == value.to_integral_value():
        pattern = pattern.replace(".00", "")
    return str(format_currency(value, currency, pattern, locale=locale, currency_digits=False))


@register.filter
def boxed(field: BoundField) -> SafeString:
    return field.as_widget(attrs={"class": "field__box"})


@lru_cache(maxsize=256)
def _drawing(name: str, size: int) -> SafeString:
    svg: str = lucide(name, size=size, **{"class": "icon", "stroke_width": "1.75"})
    svg = ">".join(part.strip() for part in svg.split(">"))
    return mark_safe(svg.removeprefix("<svg "))  # noqa: S308 - drawn by the icon set, nothing typed
