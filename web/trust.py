"""`HTTPS=lan`: the page on which a phone gets the certificate authority of this household, over plain HTTP."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from web.embedded.lan import AUTHORITY, FOLDER


@never_cache
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """How to trust the authority. No fingerprint: somebody who changes the file on its way would show the right one."""
    _refuse_elsewhere()
    return render(request, "pages/trust.html", {"url": f"https://{request.get_host()}/"})


@never_cache
@require_safe
def authority(_request: HttpRequest) -> HttpResponse:
    """The certificate, as phones and browsers install it."""
    _refuse_elsewhere()
    file = Path(settings.DATA_DIR, FOLDER, AUTHORITY)
    return HttpResponse(file.read_bytes(), content_type="application/x-x509-ca-cert")


def _refuse_elsewhere() -> None:
    if settings.HTTPS != "lan":
        raise Http404


urlpatterns = [
    path("trust/", trust, name="trust"),
    path("trust/photoalbum.crt", authority, name="trust-authority"),
]
