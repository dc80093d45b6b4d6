"""What a zone of the DNS says in TXT records; whoever asks names the resolver, or takes ours."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import dns.exception
import dns.name
import dns.resolver

_SECONDS = 4.0
_LONGEST = 2_000


class Silent(Exception):
    """Nobody answered for this name; that it has no record is not said."""


def resolver() -> dns.resolver.Resolver:
    """Return the machine's own resolver; Silent where it has none."""
    try:
        return dns.resolver.Resolver()
    except (dns.resolver.NoResolverConfiguration, OSError) as none:
        raise Silent("no resolver") from none


def texts(names: Iterable[str], ask: dns.resolver.Resolver) -> dict[str, list[str]]:
    """Return the TXT records of each name, all asked at once; Silent if one stays open."""
    wanted = list(dict.fromkeys(names))
    with ThreadPoolExecutor(max_workers=max(1, min(len(wanted), 16))) as several:
        return dict(zip(wanted, several.map(lambda name: _texts(name, ask), wanted), strict=True))


def _texts(name: str, ask: dns.resolver.Resolver) -> list[str]:
    try:
        answer = ask.resolve(dns.name.from_text(name), "TXT", lifetime=_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as nothing:
        raise Silent(name) from nothing
    found = [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
    return sorted(text[:_LONGEST] for text in found)
