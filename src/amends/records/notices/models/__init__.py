from .choice import Choice, ChoiceQuerySet, ChoiceRefused, QuietAllDay, What
from .mention import Mention, MentionQuerySet
from .notice import Notice, NoticeQuerySet

__all__ = [
    "Choice",
    "ChoiceQuerySet",
    "ChoiceRefused",
    "Mention",
    "MentionQuerySet",
    "Notice",
    "NoticeQuerySet",
    "QuietAllDay",
    "What",
]
