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
