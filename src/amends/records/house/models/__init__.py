from .calendar import Holiday, OpenSpan
from .house import House, HouseQuerySet

__all__ = ["Holiday", "House", "HouseQuerySet", "OpenSpan"]
