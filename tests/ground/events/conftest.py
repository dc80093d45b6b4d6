import pytest

from amends.ground.events.models import react
from amends.site.reactions import set_reactions


@pytest.fixture(autouse=True)
def what_follows_is_back():
    """Let nothing follow from events here; what follows elsewhere is there again after that."""
    react({})
    yield
    set_reactions()
