from .calendar import Holiday, OpenSpan
from .house import House, HouseQuerySet, known_zone

__all__ = ["Holiday", "House", "HouseQuerySet", "OpenSpan", "known_zone"]
