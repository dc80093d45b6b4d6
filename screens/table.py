"""Each screen once: whose it is, where it is, how wide, light or dark, in which language.

`{NAME}` in an address is found in the house when the pictures are taken; see finding.py.
"""

from dataclasses import dataclass
from typing import Literal

DESK, PHONE, NARROW, WIDE = (1280, 860), (390, 844), (360, 780), (1920, 1080)


@dataclass(frozen=True)
class Screen:
    """One picture: `keys` are pressed, and `click` is clicked, before it is taken."""

    name: str
    url: str
    who: str = "ana"
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    language: str = "en"
    keys: tuple[str, ...] = ()
    whole: bool = False


SCREENS = (
    Screen("doors", "/demo/", who="", size=(1280, 1000)),
    Screen("customers-mailbox", "/demo/mailbox/", who="", size=PHONE, language="ru"),
    Screen("my-day", "/desk/"),
    Screen("my-day-dark", "/desk/", who="ewa", scheme="dark", language="pl"),
    Screen("my-day-phone", "/desk/", who="oleg", size=PHONE, language="ru"),
    Screen("my-day-wide", "/desk/", size=WIDE),
    Screen("my-day-wide-dark", "/desk/", who="zuzana", size=WIDE, scheme="dark", language="sk"),
    Screen("my-day-narrow", "/desk/", size=NARROW, language="pl"),
    Screen("cases", "/desk/cases/", who="ewa"),
    Screen("cases-wide", "/desk/cases/", who="ewa", size=WIDE, language="pl"),
    Screen("cases-wide-dark", "/desk/cases/", who="ewa", size=WIDE, scheme="dark"),
    Screen("cases-narrow", "/desk/cases/", who="oleg", size=NARROW, language="ru"),
    Screen("cases-ticked", "/desk/cases/", who="ewa", language="sk", keys=("j", "x", "j", "x")),
    Screen("cases-phone", "/desk/cases/", who="zuzana", size=PHONE, language="sk", scheme="dark"),
    Screen("palette", "/desk/cases/", keys=("Control+k",), scheme="dark"),
    Screen("case", "/desk/cases/{complaint}/", size=(1280, 1400)),
    Screen("case-reply", "/desk/cases/{to_answer}/", keys=("p",), size=(1280, 1000), language="pl"),
    Screen("case-call", "/desk/cases/{to_answer}/", keys=("l",), language="sk", scheme="dark"),
    Screen("case-phone", "/desk/cases/{complaint}/", size=PHONE, scheme="dark", language="ru"),
    Screen("case-wide", "/desk/cases/{complaint}/", size=WIDE),
    Screen("case-wide-dark", "/desk/cases/{to_answer}/", size=WIDE, scheme="dark", language="pl"),
    Screen("case-narrow", "/desk/cases/{complaint}/", size=NARROW, language="sk"),
    Screen("letter", "/desk/cases/{complaint}/messages/{answer}/letter", size=(900, 1200)),
    Screen("hear", "/desk/hear/", language="pl"),
    Screen("hear-phone", "/desk/hear/", language="sk", size=PHONE, scheme="dark"),
    Screen("saved-replies", "/desk/saved-replies/", language="pl"),
    Screen("saved-reply-new", "/desk/saved-replies/new", who="ewa"),
    Screen("saved-replies-import", "/desk/saved-replies/import", who="ewa", language="ru"),
    Screen("figures", "/desk/figures/", who="ewa"),
    Screen("notices", "/desk/notices/", language="sk"),
    Screen("my-notices", "/desk/me/notices", language="ru"),
    Screen("my-sign-in", "/me/", language="pl", size=PHONE),
    Screen("who-looked", "/desk/house/looks/", who="jan", language="pl"),
    Screen("house-style", "/desk/house/", who="jan", size=(1280, 1100)),
    Screen("house-texts", "/desk/house/texts/", who="ewa", language="pl"),
    Screen("house-hours", "/desk/house/hours/", who="jan", language="sk"),
    Screen("house-holidays", "/desk/house/holidays/", who="jan", language="ru"),
    Screen("house-teams", "/desk/house/teams/", who="jan", scheme="dark"),
    Screen("house-people", "/desk/house/people/", who="jan", language="pl"),
    Screen("house-invitations", "/desk/house/invitations/", who="jan", language="sk"),
    Screen("house-mail", "/desk/house/mail/", who="jan"),
    Screen("house-playbook", "/desk/house/playbook/", who="ewa", language="ru", scheme="dark"),
    Screen("house-playbook-words", "/desk/house/playbook/late/sk/", who="ewa", language="sk"),
    Screen("house-held", "/desk/house/held/", who="ewa"),
    Screen("house-keeping", "/desk/house/keeping/", who="ewa", language="pl"),
    Screen("house-running", "/desk/house/running/", who="jan", language="pl"),
    Screen("house-changes", "/desk/house/changes/", who="jan"),
    Screen("tell", "/", who="", size=PHONE, language="sk"),
    Screen("privacy", "/privacy/ru/", who="", size=PHONE, language="ru", scheme="dark"),
    Screen("house-privacy", "/desk/house/texts/privacy/pl/", who="ewa", language="pl"),
    Screen("status", "{status}", who="", size=PHONE, language="pl"),
    Screen("understood", "{understood}", who="", size=PHONE),
    Screen("case-understood", "/desk/cases/{paraphrased}/", who="ewa"),
    Screen("survey", "{survey}", who="", size=PHONE, language="ru", scheme="dark"),
    Screen("sign-in", "/me/login/", who="", size=PHONE, scheme="dark"),
    Screen("no-such-page", "/desk/cases/AM-22222/", scheme="dark"),
)
