"""Full-text search of keys by inflected words; it knows nothing of what the keys stand for."""

from .index import NotInIndex, matching, put, remove, search

__all__ = ["NotInIndex", "matching", "put", "remove", "search"]
