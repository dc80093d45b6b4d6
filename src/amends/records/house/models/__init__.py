from .calendar import Holiday, OpenSpan
from .house import House, HouseQuerySet, known_zone
from .setting import ChangedSince, NothingOpen, SettingRefused
from .stance import Stance
from .text import HouseText

__all__ = [
    "ChangedSince",
    "Holiday",
    "House",
    "HouseQuerySet",
    "HouseText",
    "NothingOpen",
    "OpenSpan",
    "SettingRefused",
    "Stance",
    "known_zone",
]
