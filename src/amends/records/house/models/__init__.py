from .book import HouseBook
from .books import NoSuchBook, NoSuchWords, longest, original_words
from .calendar import Holiday, OpenSpan
from .house import House, HouseQuerySet, known_zone
from .setting import ChangedSince, NothingOpen, SettingRefused
from .stance import Stance
from .text import HouseText

__all__ = [
    "ChangedSince",
    "Holiday",
    "House",
    "HouseBook",
    "HouseQuerySet",
    "HouseText",
    "NoSuchBook",
    "NoSuchWords",
    "NothingOpen",
    "OpenSpan",
    "SettingRefused",
    "Stance",
    "known_zone",
    "longest",
    "original_words",
]
