"""gunicorn's settings as they are, with a short deadline for headers, so that a test does not wait for the real one."""

import web.server
from web.gunicorn import *  # noqa: F403

web.server.HEAD_SECONDS = 3.0  # type: ignore[misc]
