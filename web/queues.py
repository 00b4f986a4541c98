"""The operators' page about the work: the queues and their age, failures by reason, throughput, workers."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from albums import operations
from albums.services.photos import photos_retry_code

_SPANS = (("5 minutes", timedelta(minutes=5)), ("hour", timedelta(hours=1)), ("day", timedelta(days=1)))


@require_http_methods(["GET", "POST"])
def queues(request: HttpRequest) -> HttpResponse:
    """Show the work, to operators who may see photos. On POST, retry all photos that failed for one reason.

    Raises:
        PermissionDenied: when the operator may not see photos, or for POST, change them.

    """
    may_change = request.user.has_perm("albums.change_photo")
    if not (may_change or (request.method == "GET" and request.user.has_perm("albums.view_photo"))):
        raise PermissionDenied
    if request.method == "POST":
        return _retry(request)
    counted = operations.broker_messages()
    context = {
        **admin.site.each_context(request),
        "title": "Work",
        "may_change": may_change,
        "queues": [(row, counted.get(row.queue)) for row in operations.queue_progress()],
        "broker_is_away": not counted,
        "failures": operations.failures_by_code(),
        "throughput": [(name, operations.photos_analyzed_within(span)) for name, span in _SPANS],
        "workers": operations.workers_alive(),
        "deletions_overdue": operations.deletions_overdue(),
    }
    return render(request, "admin/queues.html", context)


def _retry(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("code", "")
    count = photos_retry_code(code)
    messages.success(request, f"{count} photos that failed as {code} are analyzed again.")
    return HttpResponseRedirect(reverse("admin-queues"))
