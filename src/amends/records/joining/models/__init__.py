from .invitation import Invitation, InvitationQuerySet

__all__ = ["Invitation", "InvitationQuerySet"]
