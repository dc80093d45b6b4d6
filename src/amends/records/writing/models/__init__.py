from .draft import Draft, DraftFile
from .round import Round, RoundItem, language_of
from .saved_reply import SavedReply, SavedText

__all__ = [
    "Draft",
    "DraftFile",
    "Round",
    "RoundItem",
    "SavedReply",
    "SavedText",
    "language_of",
]
