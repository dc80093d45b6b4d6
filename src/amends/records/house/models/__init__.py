from .book import HouseBook
from .books import BookRefused, NoSuchBook, NoSuchWords, NoTitle, UsualStays, longest
from .calendar import Holiday, OpenSpan
from .house import House, HouseQuerySet, known_zone
from .setting import ChangedSince, NothingOpen, SettingRefused
from .stance import Stance
from .text import HouseText

__all__ = [
    "BookRefused",
    "ChangedSince",
    "Holiday",
    "House",
    "HouseBook",
    "HouseQuerySet",
    "HouseText",
    "NoSuchBook",
    "NoSuchWords",
    "NoTitle",
    "NothingOpen",
    "OpenSpan",
    "SettingRefused",
    "Stance",
    "UsualStays",
    "known_zone",
    "longest",
]
