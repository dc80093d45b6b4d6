"""What the verbs of writing refuse; nothing was changed then."""


class WritingRefused(Exception):
    """A verb of a saved reply says no; nothing was changed."""


class NameTaken(WritingRefused):
    """Another saved reply in sight has that name."""


class NothingSaid(WritingRefused):
    """A saved reply needs a name, and a text in one language at least."""


class UnknownField(WritingRefused):
    """A text names a field in braces that no case has."""


class OnlyALeadShares(WritingRefused):
    """What all use is changed by a lead."""


class NoTextInLanguage(WritingRefused):
    """There is no text in the customer's language."""


class UnfilledField(WritingRefused):
    """The case doesn't know what a field of the text asks for."""


class OutOfSight(WritingRefused):
    """Whoever sends it doesn't see the case any more."""
