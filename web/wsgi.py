"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")

application = get_wsgi_application()

# After the settings are loaded, before the first request.
from web.production import refuse_defaults  # noqa: E402

refuse_defaults()

# Before gunicorn forks: with `--preload`, its processes share this memory. The first request would load it in each.
from web import urls  # noqa: E402, F401
