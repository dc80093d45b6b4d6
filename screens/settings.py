"""The demo's settings, but for the bar above the desk: in the pictures nobody moves time."""

from amends.site.settings import *  # noqa: F403

DEMO_BAR = False
