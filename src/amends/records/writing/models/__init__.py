from .draft import Draft, DraftFile
from .saved_reply import SavedReply, SavedText

__all__ = ["Draft", "DraftFile", "SavedReply", "SavedText"]
