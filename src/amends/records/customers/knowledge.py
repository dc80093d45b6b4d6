"""What customers take from the house's texts: how one greets them."""

from amends.records.house.knowledge import salutation

__all__ = ["salutation"]
