"""The admin pages for operators. They show everything, change little, and delete rows only together with objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from albums.models import Album, Cluster, Export, Membership, ObjectDeletion, Photo, Share, WorkerReport
from albums.services.albums import album_delete
from albums.services.exports import export_delete, export_stop
from albums.services.photos import photos_delete, photos_retry, photos_stop
from albums.services.review import album_regroup


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only the service itself writes."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes rows here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes rows here."""
        return False


def needs_permission(permission: str) -> Callable[[admin.ModelAdmin[Any], HttpRequest], bool]:
    """Asks for a permission of Django's for an action. `has_change_permission` hides the form, which nobody may use."""

    def has_permission(self: admin.ModelAdmin[Any], request: HttpRequest) -> bool:  # noqa: ARG001
        return request.user.has_perm(permission)

    return has_permission


class DeletableAdmin(ReadOnlyAdmin):
    """Rows that are deleted through a service, which also deletes their objects."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Follow Django's permissions."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """List only the rows themselves. Django would load all that goes with them, up to 100,000 photos."""
        rows = [str(row) for row in objs]
        return rows, {str(self.opts.verbose_name_plural): len(rows)}, set(), []

    def delete_rows(self, rows: Iterable[Any]) -> None:
        """Delete the rows through their service."""
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete one row."""
        self.delete_rows([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete the selected rows."""
        self.delete_rows(list(queryset))


@admin.register(Album)
class AlbumAdmin(DeletableAdmin):
    """Albums."""

    list_display = ("name", "owner", "grouping", "created_at", "grouped_at", "id")
    list_filter = ("grouping", "created_at")
    list_select_related = ("owner",)
    search_fields = ("name", "id", "owner__email")
    actions = ("retry_failed", "group_again", "stop_analysis")
    has_change_album_permission = needs_permission("albums.change_album")
    has_change_photo_permission = needs_permission("albums.change_photo")

    def delete_rows(self, rows: Iterable[Any]) -> None:
        """Delete albums with everything in them."""
        for album in rows:
            album_delete(album)

    @admin.action(description="Analyze failed photos again", permissions=["change_photo"])
    def retry_failed(self, request: HttpRequest, queryset: QuerySet[Album]) -> None:
        """Retry the failed photos of these albums."""
        count = sum(photos_retry(album, by_operator=True) for album in queryset)
        self.message_user(request, f"{count} photos will be analyzed again.", messages.SUCCESS)

    @admin.action(description="Group again", permissions=["change_album"])
    def group_again(self, request: HttpRequest, queryset: QuerySet[Album]) -> None:
        """Group these albums again from their stored vectors."""
        for album in queryset:
            album_regroup(album, similarity=None)
        self.message_user(request, f"{len(queryset)} albums will be grouped again.", messages.SUCCESS)

    @admin.action(description="Stop the analysis", permissions=["change_photo"])
    def stop_analysis(self, request: HttpRequest, queryset: QuerySet[Album]) -> None:
        """Mark the unfinished photos of these albums as failed, so that they can be retried."""
        count = sum(photos_stop(album) for album in queryset)
        self.message_user(request, f"{count} photos were stopped.", messages.SUCCESS)


@admin.register(Photo)
class PhotoAdmin(DeletableAdmin):
    """Photos."""

    list_display = ("name", "album", "state", "error_code", "attempts", "picked", "byte_size", "created_at", "id")
    list_filter = ("state", "error_code", "decision", "picked", "time_source")
    list_select_related = ("album",)
    search_fields = ("name", "id", "sha256", "error_message", "album__name", "album__owner__email")
    # A picture of a few pixels, and pages show no pictures.
    exclude = ("placeholder",)
    actions = ("retry_failed",)
    has_change_photo_permission = needs_permission("albums.change_photo")

    def delete_rows(self, rows: Iterable[Any]) -> None:
        """Delete photos with everything made from them."""
        for album, photo_ids in _by_album(rows).items():
            photos_delete(album, photo_ids)

    @admin.action(description="Analyze failed photos again", permissions=["change_photo"])
    def retry_failed(self, request: HttpRequest, queryset: QuerySet[Photo]) -> None:
        """Retry the failed ones of these photos."""
        photos = queryset.select_related("album")
        count = sum(photos_retry(album, photo_ids, by_operator=True) for album, photo_ids in _by_album(photos).items())
        self.message_user(request, f"{count} photos will be analyzed again.", messages.SUCCESS)


def _by_album(photos: Iterable[Photo]) -> dict[Album, list[UUID]]:
    albums: dict[Album, list[UUID]] = defaultdict(list)
    for photo in photos:
        albums[photo.album].append(photo.id)
    return albums


@admin.register(Cluster)
class ClusterAdmin(ReadOnlyAdmin):
    """Groups of photos. Only a grouping creates and deletes them."""

    list_display = ("album", "position", "kind", "photo_count", "clear_winner", "margin", "id")
    list_filter = ("kind", "clear_winner")
    list_select_related = ("album",)
    search_fields = ("id", "album__name", "album__owner__email")


@admin.register(Export)
class ExportAdmin(DeletableAdmin):
    """Zips."""

    list_display = (
        "file_name",
        "album",
        "state",
        "error_code",
        "photo_count",
        "byte_size",
        "attempts",
        "created_at",
        "expires_at",
    )
    list_filter = ("state", "error_code", "created_at")
    list_select_related = ("album",)
    search_fields = ("file_name", "id", "error_message", "album__name", "album__owner__email")
    exclude = Export.LONG
    actions = ("stop_building",)
    has_change_export_permission = needs_permission("albums.change_export")

    @admin.action(description="Stop building", permissions=["change_export"])
    def stop_building(self, request: HttpRequest, queryset: QuerySet[Export]) -> None:
        """Stop those of these zips that are not finished."""
        count = sum(export_stop(export) for export in queryset)
        self.message_user(request, f"{count} zips were stopped.", messages.SUCCESS)

    def delete_rows(self, rows: Iterable[Any]) -> None:
        """Delete exports with their zips."""
        for export in rows:
            export_delete(export)


@admin.register(Share)
class ShareAdmin(ReadOnlyAdmin):
    """Links to albums, without their secrets: who operates the service opens nobody's album."""

    list_display = ("id", "album", "role", "downloads", "visit_count", "created_at", "ends_at", "revoked_at")
    list_filter = ("role", "downloads", "created_at")
    list_select_related = ("album",)
    search_fields = ("id", "album__name", "album__owner__email")
    fields = (*list_display, "selection", "min_stars", "wanted_count", "plays_videos", "download_count")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who edits albums of others."""

    list_display = ("album", "person", "created_at", "id")
    list_select_related = ("album", "person")
    search_fields = ("id", "album__name", "album__owner__email", "person__email")


@admin.register(ObjectDeletion)
class ObjectDeletionAdmin(ReadOnlyAdmin):
    """Objects that are still to be deleted. Rows past their time mean that the storage is down."""

    list_display = ("prefix", "requested_at", "final_after")
    search_fields = ("prefix",)


@admin.register(WorkerReport)
class WorkerReportAdmin(ReadOnlyAdmin):
    """What workers report about themselves."""

    list_display = ("name", "queues", "concurrency", "embedding_model", "warning", "started_at", "seen_at")
    search_fields = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow deleting rows of workers that no longer exist."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
