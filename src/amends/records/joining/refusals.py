"""What stands in the way of joining the house."""


class JoiningRefused(Exception):
    """Somebody can't join, or not like this."""


class AlreadyHere(JoiningRefused):
    """Somebody of the house has this address."""


class AlreadyInvited(JoiningRefused):
    """An invitation to this address is open."""


class InvitationOver(JoiningRefused):
    """The invitation has been used, taken back, or has expired; its link leads nowhere."""


class LinkOver(JoiningRefused):
    """The link to a new password is old, has been used, or is none of ours."""


class HouseIsTaken(JoiningRefused):
    """The house has its first administrator; the set-up code is worth nothing any more."""


class LetterNotPossible(JoiningRefused):
    """The address can't be written to."""
