"""The page behind the link to a shared album, for browsers with and without JavaScript.

The service writes the pictures into the page, so that looking needs no JavaScript. With it, the front end replaces
them by its own page, where guests can also choose.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import get_language_from_request
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import Throttled

from albums.exceptions import ShareGone, SharePasswordWrong
from albums.models import Share
from albums.shared import photos_shared, share_of_token
from web import guests, pages
from web.api.links import shared_path
from web.api.pagination import InvalidCursor, paginate
from web.api.throttling import AddressThrottle, GuestThrottle, RateThrottle, ShareThrottle

_PHOTOS_OF_PAGE: Final = 120
_MOST_CHARACTERS: Final = 128

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "language": "en",
        "title": "Shared photos",
        "gone": "This link leads nowhere, or no longer.",
        "ask": "Ask the person who sent it for a new one.",
        "password": "Password",
        "needs_password": "This album has a password.",
        "wrong": "This is not the password. Try again, or ask the person who sent the link.",
        "slow": "Too many attempts. Wait a minute and try again.",
        "show": "Show the photos",
        "next": "More photos",
        "save": "Save",
        "photo": "Photo",
        "video": "Video",
        "nothing": "There are no photos here yet.",
        "choosing": "To choose photos, allow JavaScript and reload the page.",
    },
    "sv": {
        "language": "sv",
        "title": "Delade bilder",
        "gone": "Den här länken leder ingenstans, eller inte längre.",
        "ask": "Be den som skickade den om en ny.",
        "password": "Lösenord",
        "needs_password": "Albumet har ett lösenord.",
        "wrong": "Det är inte lösenordet. Försök igen, eller fråga den som skickade länken.",
        "slow": "För många försök. Vänta en minut och försök igen.",
        "show": "Visa bilderna",
        "next": "Fler bilder",
        "save": "Spara",
        "photo": "Bild",
        "video": "Film",
        "nothing": "Här finns inga bilder än.",
        "choosing": "Tillåt JavaScript och ladda om sidan för att välja bilder.",
    },
}


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class SharedPage(View):
    """The shared album.

    The form for the password has no CSRF token: a page without a referrer sends its forms with the origin `null`.
    Browsers send another site's form without the cookie. So it is not taken: the answer would make a new guest of one
    who has chosen already.
    """

    http_method_names = ("get", "head", "post")
    share: Share

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the share, or say that the link leads nowhere."""
        self.texts = _TEXTS.get(get_language_from_request(request)[:2], _TEXTS["en"])
        response: HttpResponseBase
        try:
            self._check(GuestThrottle(), request)
            try:
                self.share = share_of_token(kwargs["token"])
            except ShareGone:
                self._check(AddressThrottle(), request)
                response = self._page("gone", status=HTTPStatus.NOT_FOUND)
            else:
                self._check(ShareThrottle(), request)
                self.cookie = guests.cookie_read(request, self.share)
                response = super().dispatch(request, *args, **kwargs)
        except Throttled:
            response = self._page("slow", status=HTTPStatus.TOO_MANY_REQUESTS)
        guests.keep_secret(response)
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG002
        """Show the photos, or the form for the password."""
        if not self.cookie.is_let_in(self.share):
            return self._page("password")
        return self._photos(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG002
        """Take the password of the form."""
        # Not the page itself: reloading it would send the form again.
        response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": request.path})
        if self.share.has_password and request.headers.get("Sec-Fetch-Site") != "cross-site":
            given = request.POST.get("password", "")[:_MOST_CHARACTERS]
            try:
                self.cookie = guests.cookie_with_password(self.cookie, request, self, given=given)
            except SharePasswordWrong:
                return self._page("password", is_wrong=True)
            guests.cookie_write(response, self.cookie, self.share)
        return response

    def _photos(self, request: HttpRequest) -> HttpResponse:
        photos: Any = photos_shared(self.share)
        asked: Any = request
        try:
            page = paginate(photos, asked, cursor=request.GET.get("cursor"), page_size=_PHOTOS_OF_PAGE, seals=True)
        except InvalidCursor:
            page = paginate(photos, asked, cursor=None, page_size=_PHOTOS_OF_PAGE, seals=True)
        more = f"?{page.next.partition('?')[2]}" if page.next else ""
        return self._page("photos", share=self.share, photos=page.results, path=shared_path(self.share), more=more)

    def _page(self, content: str, *, status: int = HTTPStatus.OK, **values: Any) -> HttpResponse:
        values |= {"texts": self.texts, "content": content}
        root = render_to_string("pages/shared.html", values)
        head = render_to_string("pages/shared_head.html", values)
        policy = {"Content-Security-Policy": pages.content_security_policy()}
        return HttpResponse(pages.page_with(root, head=head), status=status, headers=policy)

    def _check(self, throttle: RateThrottle, request: Any) -> None:
        if not throttle.allow_request(request, self):
            raise Throttled(throttle.wait())
