"""The pages: an HTML file, built from web/frontend, for every address that the front end knows; another for guests.

Its scripts, styles and pictures are static files below /static/app/. Other addresses get it with the status 404.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from albums import storage

logger = logging.getLogger(__name__)

_ROOT: Final = '<div id="root"></div>'
_SHELL: Final = f'<!doctype html><html><head><meta charset="utf-8"></head><body>{_ROOT}</body></html>'


def _index() -> str | None:
    return _built("index.html")


@lru_cache(maxsize=2)
def _built(name: str) -> str | None:
    """A built page, or None. It is read once, like the static files it loads, so a new build needs a restart."""
    try:
        return (settings.FRONTEND_DIST / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        logger.error(  # noqa: TRY400 - the trace says nothing
            "The web pages are not built, so people see none; the API works. Run `npm ci` and `npm run build` in "
            "web/frontend with Node.js 20.19 or later, and restart the service. `make run` does all of this."
        )
        return None


def page_with(root: str, *, head: str) -> str:
    """The guests' page with what a browser without JavaScript shows. The front end replaces it.

    `head` goes into the page's head.
    """
    page = _built("guest.html") or _SHELL
    return page.replace("</head>", f"{head}</head>", 1).replace(_ROOT, f"{_ROOT[:-6]}{root}</div>", 1)


@never_cache
@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Every page. The front end reads the address itself. Its requests need the CSRF cookie that this view sets."""
    index = _index()
    if index is None:
        return render(request, "pages/unbuilt.html", status=503)
    return HttpResponse(index, headers={"Content-Security-Policy": content_security_policy()})


def page_for_nothing(request: HttpRequest) -> HttpResponse | None:
    """The page that says that there is nothing at an address, in the language of its reader; None if it is not built.

    The front end knows no such address either and says so.
    """
    index = _index()
    if index is None or request.method not in {"GET", "HEAD"} or "text/html" not in request.headers.get("Accept", ""):
        return None
    headers = {"Content-Security-Policy": content_security_policy(), "Cache-Control": "no-cache"}
    return HttpResponse(index, status=404, headers=headers)


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """What the page may load.

    Scripts come only from its own files, none inline. Styles may be inline: the component library writes colours into a
    style element and positions into attributes. Pictures, videos and uploads may use the storage's address.
    """
    origin = _storage_origin()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "worker-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            f"img-src 'self' data: blob: {origin}".strip(),
            f"media-src 'self' {origin}".strip(),
            f"connect-src 'self' {origin}".strip(),
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def forget() -> None:
    """Make the next request read the page and the settings again. For tests."""
    _built.cache_clear()
    content_security_policy.cache_clear()


def _storage_origin() -> str:
    """The origin of an S3 storage, as browsers reach it; empty for a folder, whose links are paths of this service."""
    any_key = storage.thumbnail_key(UUID(int=0), UUID(int=0))
    link = urlsplit(storage.get_storage().view_link(any_key, content_type="image/jpeg"))
    return f"{link.scheme}://{link.netloc}" if link.netloc else ""


# The addresses of the front end, as in its router: web/frontend/src/app/router.tsx.
urlpatterns = [
    path("", page, name="home"),
    re_path(r"^albums(?:/[0-9a-f-]{36}(?:/[a-z]+)?)?/?$", page),
    path("help", page),
    re_path(r"^account(?:/(?:login|signup|password/reset(?:/[^/]+)?|verify-email/[^/]+))?/?$", page),
]
