import pytest

from amends.ground.events.models import react
from amends.site.reactions import set_reactions


@pytest.fixture(autouse=True)
def nothing_follows():
    """Let nothing follow from events here; what follows elsewhere is there again after that."""
    react({})
    yield
    set_reactions()
