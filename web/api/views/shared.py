"""A shared album, for guests without an account. The link says what they may do."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from albums.exceptions import GuestUnknown, NotFound, ShareForbids, ShareGone, SharePasswordRequired
from albums.models import Photo, Share
from albums.services.guests import (
    guest_choose,
    guest_finish,
    guest_rename,
    guest_take_back,
    share_note_download,
)
from albums.shared import guest_of, photos_for_guest, photos_shared, share_of_token
from web import guests, shared_files
from web.api.links import shared_path
from web.api.pagination import PageInput
from web.api.schema import page_of
from web.api.serializers.shared import (
    SharedMeInput,
    SharedMeOutput,
    SharedOutput,
    SharedPasswordInput,
    SharedPhotoOutput,
)
from web.api.throttling import (
    AddressThrottle,
    GuestThrottle,
    ShareThrottle,
)
from web.api.views.base import ApiView, body


class SharedView(ApiView):
    """What a guest asks for at a link.

    The link is looked up at every request, so that it is dead at once when it is revoked. Sessions and API tokens are
    not read: people with an account are guests here, too. So another site could do no more in a guest's name than the
    link allows anybody, and the browser does not send it the cookie.
    """

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = (GuestThrottle,)
    needs_password = True
    seals_cursors = True
    share: Share
    cookie: guests.GuestCookie

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the share, and the guest."""
        super().initial(request, *args, **kwargs)
        try:
            self.share = share_of_token(kwargs["token"])
        except ShareGone:
            # Nobody asks for many wrong links by chance.
            self._check(AddressThrottle(), request)
            raise
        self._check(ShareThrottle(), request)
        self.cookie = self._first_cookie = guests.cookie_read(request._request, self.share)  # noqa: SLF001
        if self.needs_password and not self.cookie.is_let_in(self.share):
            raise SharePasswordRequired

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Send the cookie if it has changed, and keep the link secret."""
        final: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        if hasattr(self, "cookie"):
            if self.cookie != self._first_cookie:
                guests.cookie_write(final, self.cookie, self.share)
            if self._began_at is not None:
                ShareThrottle().charge(request, self, time.monotonic() - self._began_at)
        guests.keep_secret(final)
        return final

    def _check(self, throttle: Any, request: Request) -> None:
        if not throttle.allow_request(request, self):
            self.throttled(request, throttle.wait())

    def photo(self, photo_id: UUID) -> Photo:
        """A photo that the link shows.

        Raises:
            NotFound: when it does not.

        """
        photo = photos_shared(self.share).filter(id=photo_id).first()
        if photo is None:
            raise NotFound
        return photo

    @property
    def guest_id(self) -> UUID:
        """Whose choice this is.

        Raises:
            GuestUnknown: when the browser sent no cookie: nobody could take back the choice.

        """
        if not self.cookie.is_known:
            raise GuestUnknown
        return self.cookie.guest_id

    def me(self) -> Response:
        """What the guest has done."""
        return Response(SharedMeOutput(self._me()).data)

    def _me(self) -> dict[str, Any]:
        guest = guest_of(self.share, self.cookie.guest_id)
        if guest is None:
            return {"name": "", "choice_count": 0, "finished_at": None}
        return {"name": guest.name, "choice_count": vars(guest)["choice_count"], "finished_at": guest.finished_at}

    def whole(self) -> Response:
        """What the link shows and allows. Counts a visit of those who are let in."""
        if not self.cookie.is_let_in(self.share):
            return Response(SharedOutput({"needs_password": True, "details": None}).data)
        self.cookie = guests.cookie_visit(self.cookie, self.share)
        share = self.share
        details = {
            "album_name": share.album.name,
            "role": share.role,
            "photo_count": photos_shared(share).count(),
            "choice_limit": share.choice_limit,
            "downloads": share.downloads,
            "ends_at": share.ends_at,
            "invited_by": share.album.owner.email if share.role == Share.Role.EDIT else None,
            "me": self._me(),
        }
        return Response(SharedOutput({"needs_password": False, "details": details}).data)


class SharedAlbumView(SharedView):
    """The album."""

    needs_password = False

    @extend_schema(operation_id="shared_retrieve", responses=SharedOutput)
    def get(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """Show what the link shows and allows. A link that is wrong, revoked or over is `share_gone`."""
        return self.whole()


class SharedPasswordView(SharedView):
    """The password of the link."""

    needs_password = False

    @extend_schema(operation_id="shared_password", request=SharedPasswordInput, responses=SharedOutput)
    def post(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """Give the password. The cookie of the response is the proof; the problem `share_password_wrong` says no."""
        given = body(request, SharedPasswordInput)["password"]
        if self.share.has_password:
            self.cookie = guests.cookie_with_password(self.cookie, request, self, given=given)
        return self.whole()


class SharedPhotosView(SharedView):
    """The photos."""

    @extend_schema(operation_id="shared_photos", parameters=[PageInput], responses=page_of(SharedPhotoOutput))
    def get(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """List the photos and videos in order of capture, those without a time last."""
        photos = photos_for_guest(self.share, self.cookie.guest_id)
        return self.page(request, photos, SharedPhotoOutput)

    def output_context(self, request: Request) -> dict[str, Any]:
        """The addresses of pictures have the link in them."""
        return {"share": self.share, "base_url": request.build_absolute_uri(shared_path(self.share))}


class SharedChoiceView(SharedView):
    """The guest's heart or choice of one photo."""

    @extend_schema(operation_id="shared_choose", request=None, responses=SharedMeOutput)
    def put(self, request: Request, token: str, photo_id: UUID) -> Response:  # noqa: ARG002
        """Give a photo a heart, or choose it. Again is harmless. One too many is the problem `enough_chosen`."""
        guest_choose(self.share, self.guest_id, photo_id)
        return self.me()

    @extend_schema(operation_id="shared_take_back", responses={200: SharedMeOutput})
    def delete(self, request: Request, token: str, photo_id: UUID) -> Response:  # noqa: ARG002
        """Take back one's own heart or choice. Again is harmless."""
        guest_take_back(self.share, self.guest_id, photo_id)
        return self.me()


class SharedMeView(SharedView):
    """The guest."""

    @extend_schema(operation_id="shared_rename", request=SharedMeInput, responses=SharedMeOutput)
    def patch(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """Say what to call the guest. The owner sees it beside what they chose."""
        name = body(request, SharedMeInput)["name"]
        guest_rename(self.share, self.guest_id, name=name)
        return self.me()


class SharedFinishView(SharedView):
    """The end of choosing."""

    @extend_schema(operation_id="shared_finish", request=None, responses=SharedMeOutput)
    def post(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """Say that the guest is done. The owner sees it. Choosing again takes it back."""
        guest_finish(self.share, self.guest_id)
        return self.me()


_PICTURE = OpenApiResponse(bytes, description="The picture. Browsers may keep it for ten minutes.")


class SharedFileView(SharedView):
    """A file, whatever type the browser asks for."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: ARG002
        """Problems are JSON all the same."""
        return super().perform_content_negotiation(request, force=True)


class SharedThumbnailView(SharedFileView):
    """A small picture."""

    @extend_schema(operation_id="shared_thumbnail", responses={(200, "image/jpeg"): _PICTURE})
    def get(self, request: Request, token: str, photo_id: UUID) -> HttpResponseBase:  # noqa: ARG002
        """A JPEG of 512 px on the longer side."""
        return shared_files.thumbnail(request._request, self.photo(photo_id))  # noqa: SLF001


class SharedPreviewView(SharedFileView):
    """A large picture."""

    @extend_schema(operation_id="shared_preview", responses={(200, "image/jpeg"): _PICTURE})
    def get(self, request: Request, token: str, photo_id: UUID) -> HttpResponseBase:  # noqa: ARG002
        """A JPEG of 2,048 px on the longer side."""
        return shared_files.preview(request._request, self.photo(photo_id))  # noqa: SLF001


class SharedVideoView(SharedFileView):
    """A video to play."""

    @extend_schema(
        operation_id="shared_video",
        responses={(200, "*/*"): OpenApiResponse(bytes, description="The file as it was uploaded, by ranges.")},
    )
    def get(self, request: Request, token: str, video_id: UUID) -> HttpResponseBase:  # noqa: ARG002
        """The file of a video, if the link lets videos play."""
        video = self.photo(video_id)
        if not video.is_video:
            raise NotFound
        if not self.share.lets_videos_play:
            raise ShareForbids
        return shared_files.video(request._request, video)  # noqa: SLF001


class SharedDownloadView(SharedFileView):
    """A file to save."""

    @extend_schema(
        operation_id="shared_download",
        responses={(200, "*/*"): OpenApiResponse(bytes, description="The file, by ranges.")},
    )
    def get(self, request: Request, token: str, photo_id: UUID) -> HttpResponseBase:  # noqa: ARG002
        """Save a photo as the link allows: the picture that the service made, or the file as it was uploaded."""
        photo = self.photo(photo_id)
        if self.share.downloads == Share.Downloads.NONE:
            raise ShareForbids
        response = shared_files.download(
            request._request,  # noqa: SLF001
            photo,
            is_original=self.share.downloads == Share.Downloads.ORIGINAL,
        )
        if shared_files.begins(request._request, response):  # noqa: SLF001
            share_note_download(self.share)
        return response
