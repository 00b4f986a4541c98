"""Who edits an album."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import permissions, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from albums import selectors
from albums.exceptions import OnlyTheOwner
from albums.services.memberships import invitation_accept, member_remove
from web.accounts.addresses import confirmed_people
from web.accounts.models import User
from web.api.serializers.members import AcceptedOutput, MembersOutput
from web.api.throttling import throttles
from web.api.views.base import ApiView, editable_album, person
from web.api.views.shared import SharedView


class MemberListView(ApiView):
    """The people who edit an album."""

    @extend_schema(operation_id="members_list", responses=MembersOutput)
    def get(self, request: Request, album_id: UUID) -> Response:
        """List those who edit the album beside its owner, in the order in which they came."""
        album = editable_album(request, album_id)
        members = list(selectors.members_of(album))
        people = [cast("User", each) for each in (album.owner, *(member.person for member in members))]
        context = {"request": request, "confirmed": confirmed_people(people)}
        return Response(MembersOutput({"owner": album.owner, "members": members}, context=context).data)


class MemberView(ApiView):
    """One person who edits an album."""

    @extend_schema(operation_id="members_remove", responses={204: None})
    def delete(self, request: Request, album_id: UUID, member_id: UUID) -> Response:
        """Remove somebody from the album, as its owner, or leave it oneself. What they decided stays, without a name.

        Photos that were added stay, too. Links to files that the person got before work until they expire. The owner
        also revokes the link that invited the person, who could come back by it.
        """
        album = editable_album(request, album_id)
        is_own = selectors.members_of(album).filter(id=member_id, person=person(request)).exists()
        if album.owner_id != person(request).pk and not is_own:
            raise OnlyTheOwner
        member_remove(album, member_id, revokes_link=not is_own)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcceptView(SharedView):
    """A link that invites people with an account to edit the album."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Unlike guests, this is somebody with an account."""
        return ApiView().get_authenticators()

    def get_permissions(self) -> list[permissions.BasePermission]:
        """They are signed in."""
        return [permissions.IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """They count as at any other request."""
        return throttles()

    @extend_schema(operation_id="shared_accept", request=None, responses=AcceptedOutput)
    def post(self, request: Request, token: str) -> Response:  # noqa: ARG002
        """Edit the album from now on. Again is harmless.

        The others see the account's address, and in the list of members whether it is confirmed.
        """
        album = invitation_accept(self.share, person(request))
        return Response(AcceptedOutput({"album": album.id}).data)
