"""Each screen once: whose it is, where it is, how wide, light or dark, in which language.

`{NAME}` in an address is found in the house when the pictures are taken; see finding.py.
"""

from dataclasses import dataclass
from typing import Literal

DESK, PHONE = (1280, 860), (390, 844)


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
    Screen("doors", "/demo/", who=""),
    Screen("my-day", "/desk/"),
    Screen("my-day-dark", "/desk/", who="ewa", scheme="dark", language="pl"),
    Screen("my-day-phone", "/desk/", who="oleg", size=PHONE, language="ru"),
    Screen("cases", "/desk/cases/", who="ewa"),
    Screen("cases-ticked", "/desk/cases/", who="ewa", language="sk", keys=("j", "x", "j", "x")),
    Screen("cases-phone", "/desk/cases/", who="zuzana", size=PHONE, language="sk", scheme="dark"),
    Screen("palette", "/desk/cases/", keys=("Control+k",)),
    Screen("case", "/desk/cases/{complaint}/", language="pl", size=(1280, 1400)),
    Screen("case-phone", "/desk/cases/{complaint}/", size=PHONE, scheme="dark", language="ru"),
    Screen("figures", "/desk/figures/", who="ewa"),
    Screen("house", "/desk/house/", who="ewa", language="pl"),
    Screen("tell", "/", who="", size=PHONE, language="sk"),
    Screen("status", "{status}", who="", size=PHONE, language="pl"),
    Screen("sign-in", "/me/login/", who="", size=PHONE, scheme="dark"),
    Screen("no-such-page", "/desk/cases/AM-22222/", scheme="dark"),
)
