from .complaint import Complaint, Point, StepMark
from .contact import Contact, ContactQuerySet
from .message import Attachment, Message
from .note import Note
from .rows import Assignment, Closing, Reopening, Verdict

__all__ = [
    "Assignment",
    "Attachment",
    "Closing",
    "Complaint",
    "Contact",
    "ContactQuerySet",
    "Message",
    "Note",
    "Point",
    "Reopening",
    "StepMark",
    "Verdict",
]
