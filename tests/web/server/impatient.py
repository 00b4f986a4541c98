"""gunicorn's settings as they are, with deadlines for tests: a short one for headers, so that none waits for the real
one, and a long one for a pause while the process stops, however busy the machine is.
"""

import web.server
from web.gunicorn import *  # noqa: F403

web.server.HEAD_SECONDS = 3.0  # type: ignore[misc]
web.server.PAUSE_SECONDS = 30.0  # type: ignore[misc]
