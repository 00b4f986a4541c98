"""Every route of the service."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path

from web import files, health, metrics, pages, queues, shared_page, trust
from web.accounts import views as accounts
from web.api import problems
from web.api import urls as api_urls

handler400 = "web.api.problems.bad_request"
handler404 = "web.api.problems.not_found"
handler429 = "web.api.problems.too_many_requests"
handler500 = "web.api.problems.server_error"

urlpatterns = [
    path("", include(pages)),
    path("api/v1/", include(api_urls)),
    path("api/", include(api_urls.unknown_routes)),
    # allauth's routes for telephone numbers would fail: accounts have no telephone number.
    re_path(r"^_allauth/browser/v1/(?:auth|account)/phone(?:/.*)?$", problems.no_such_route),
    path("_allauth/browser/v1/account/email", accounts.EmailView.as_api_view(client="browser")),
    path("_allauth/browser/v1/auth/signup", accounts.SignUpView.as_api_view(client="browser")),
    path("_allauth/browser/v1/auth/email/verify", accounts.ConfirmationView.as_api_view(client="browser")),
    path("_allauth/browser/v1/auth/password/request", accounts.ResetRequestView.as_api_view(client="browser")),
    path("_allauth/browser/v1/auth/password/reset", accounts.ResetView.as_api_view(client="browser")),
    path("_allauth/", include("allauth.headless.urls")),
    path("s/<str:token>", shared_page.SharedPage.as_view(), name="shared-page"),
    path("files/<str:token>", files.upload_or_download, name="files"),
    path("admin/queues/", admin.site.admin_view(queues.queues), name="admin-queues"),
    path("admin/", admin.site.urls),
    path("health/", health.live, name="health"),
    path("health/ready/", health.ready, name="health-ready"),
    path("health/progress/", health.progress, name="health-progress"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include(trust)),
]
