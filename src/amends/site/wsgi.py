import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from amends.ground.occupied import stay

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.site.settings")
application = get_wsgi_application()
stay(settings.HOUSE_HOME)

# Only now are there models to write with.
from amends.site.looks import start_writing  # noqa: E402

start_writing()
