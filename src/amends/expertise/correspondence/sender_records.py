"""What a domain says of mail in its name: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Under which names mail servers and providers usually put the key that they sign with.
USUAL_SELECTORS = (
    "default", "mail", "dkim", "google", "selector1", "selector2", "k1", "s1", "pm", "smtp",
)  # fmt: skip
_TAG = re.compile(r"^\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$", re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """What was found of one of the three: a word for it, and the record, if there is one."""

    word: str
    record: str = ""
    at: str = ""


def spf(domain: str, texts: Mapping[str, Sequence[str]]) -> Finding:
    """Say `missing`, `twice`, `open` (to anybody), `weak` (silent of others) or `good`."""
    found = [text for text in texts.get(domain, ()) if re.match(r"(?i)v=spf1( |$)", text)]
    if not found:
        return Finding("missing", at=domain)
    if len(found) > 1:
        return Finding("twice", " · ".join(found), domain)
    words = found[0].lower().split()
    last = next((word for word in words if word.lstrip("+-~?") == "all"), "")
    leads_on = any(word.startswith("redirect=") for word in words)
    if last in {"all", "+all"}:
        return Finding("open", found[0], domain)
    weak = last == "?all" or (not last and not leads_on)
    return Finding("weak" if weak else "good", found[0], domain)


def dkim(domain: str, selectors: Sequence[str], texts: Mapping[str, Sequence[str]]) -> Finding:
    """Say `good` where one of the names has a key, `ended` where it was taken back, `missing`."""
    ended = None
    for name in (f"{selector}._domainkey.{domain}" for selector in selectors):
        for text in texts.get(name, ()):
            key = _tags(text).get("p")
            if key:
                return Finding("good", text, name)
            if key is not None:
                ended = Finding("ended", text, name)
    return ended or Finding("missing", at=f"*._domainkey.{domain}")


def dmarc(domain: str, texts: Mapping[str, Sequence[str]]) -> Finding:
    """Say `missing`, `twice`, `broken`, `watched` (p=none) or `good`; a domain above counts too."""
    for name in dmarc_names(domain):
        found = [text for text in texts.get(name, ()) if text.startswith("v=DMARC1")]
        if len(found) > 1:
            return Finding("twice", " · ".join(found), name)
        if found:
            return Finding(_policy(found[0], inherited=name != f"_dmarc.{domain}"), found[0], name)
    return Finding("missing", at=f"_dmarc.{domain}")


def dmarc_names(domain: str) -> list[str]:
    """Return where a policy for the domain may stand: at itself, then above, never at the top."""
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]
    return [f"_dmarc.{name}" for name in above[:5]]


def dkim_names(domain: str, selectors: Sequence[str]) -> list[str]:
    return [f"{selector}._domainkey.{domain}" for selector in selectors]


def _policy(record: str, *, inherited: bool) -> str:
    tags = _tags(record)
    said = tags.get("p", "").lower()
    if inherited:
        said = tags.get("sp", said).lower()
    return {"none": "watched", "quarantine": "good", "reject": "good"}.get(said, "broken")


def _tags(record: str) -> dict[str, str]:
    found = (_TAG.match(part) for part in record.split(";"))
    return {match[1].lower(): match[2] for match in found if match}
