"""Reading mails: what was written, by whom, and what of it is new."""

from __future__ import annotations

from .addresses import Address
from .attachments import Attachment
from .automatic import Automatic, Dmarc
from .forwarded import Forwarded, forwarded
from .letter import Letter, read_letter
from .reply import Split, split_reply
from .reports import Report, means_nobody, read_report
from .sanitising import sanitised, well_formed

__all__ = [
    "Address",
    "Attachment",
    "Automatic",
    "Dmarc",
    "Forwarded",
    "Letter",
    "Report",
    "Split",
    "forwarded",
    "means_nobody",
    "read_letter",
    "read_report",
    "sanitise_html",
    "split_reply",
]


def sanitise_html(markup: str) -> str:
    """Make any HTML safe to show, by the same rules as `Letter.html`.

    Args:
        markup: HTML from a stranger.
    """
    return sanitised(well_formed(markup))
