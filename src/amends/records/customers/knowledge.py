"""What customers take from expertise and the house's texts: how one greets them."""

from amends.expertise.language.naming import called
from amends.records.house.knowledge import salutation

__all__ = ["called", "salutation"]
