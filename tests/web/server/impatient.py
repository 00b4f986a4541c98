"""gunicorn's settings as they are, with a short deadline for headers, so that a test does not wait for the real one."""

from web.gunicorn import *  # noqa: F403
from web.server import receiving

receiving.HEAD_SECONDS = 3.0  # type: ignore[misc]
