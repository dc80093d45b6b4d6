from .belonging import Belonging
from .complaint import Complaint, StepMark
from .contact import Contact, ContactQuerySet
from .finding import FaultFinding
from .message import Attachment, Message
from .note import Note
from .paraphrase import Paraphrase
from .point import Point
from .rows import Assignment, Closing, Merge, Reopening, Split, Verdict

__all__ = [
    "Assignment",
    "Attachment",
    "Belonging",
    "Closing",
    "Complaint",
    "Contact",
    "ContactQuerySet",
    "FaultFinding",
    "Merge",
    "Message",
    "Note",
    "Paraphrase",
    "Point",
    "Reopening",
    "Split",
    "StepMark",
    "Verdict",
]
