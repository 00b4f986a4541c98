"""The admin pages for operators. They show everything, change little, and delete rows only together with objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from albums import operations
from albums.models import Album, Cluster, Export, Membership, ObjectDeletion, Photo, Share, WorkerReport
from albums.services.albums import album_delete
from albums.services.exports import export_delete, export_stop
from albums.services.photos import photos_delete, photos_retry, photos_stop
from albums.services.review import album_regroup

MOST_LISTED = 10_000
MOST_SEARCHED = 100_000
"""Photos among which a name is searched. Among ten million, that takes many seconds."""


class _ShortPaginator(Paginator):  # type: ignore[type-arg]
    """Lists no more than `MOST_LISTED` rows. To count those of a large table, all of them are read."""

    @cached_property
    def count(self) -> int:
        """How many rows are listed."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_LISTED].count())


class _ShortList(ChangeList):
    """A list that says so if it has not all rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.result_count == MOST_LISTED:
            self.title = f"{self.title}: {MOST_LISTED:,} are listed. Search or filter for the others."


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only the service itself writes."""

    show_full_result_count = False
    list_per_page = 50
    paginator = _ShortPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Use the list that says so if it has not all rows."""
        return _ShortList

    def response_action(  # type: ignore[override]  # the stubs are of a later Django
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        """Let an action for all rows of the list reach those that are listed. Django takes those beyond it, too."""
        if request.POST.get("select_across") == "1":
            listed = list(queryset.values_list("pk", flat=True)[:MOST_LISTED])
            queryset = queryset.filter(pk__in=listed)
        return super().response_action(request, queryset)

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


class FailureFilter(admin.SimpleListFilter):
    """Why photos failed. Django's own filter would read all photos for the reasons that there are."""

    title = "error code"
    parameter_name = "error_code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The reasons that there are, the most frequent first."""
        return [(code, code) for code, _ in operations.failures_by_code()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        """The photos that failed for this reason."""
        return queryset.filter(state=Photo.State.FAILED, error_code=self.value()) if self.value() else queryset


@admin.register(Photo)
class PhotoAdmin(DeletableAdmin):
    """Photos."""

    list_display = ("name", "album", "state", "error_code", "attempts", "picked", "byte_size", "created_at", "id")
    list_filter = ("state", FailureFilter, "decision", "picked", "time_source")
    list_select_related = ("album",)
    search_fields = ("id", "album__id", "album__owner__email", "name")
    search_help_text = "The id of a photo or an album, the address of an account, part of a name, or several of these."
    # A picture of a few pixels, and pages show no pictures.
    exclude = ("placeholder",)
    actions = ("retry_failed",)
    has_change_photo_permission = needs_permission("albums.change_photo")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Photo], search_term: str
    ) -> tuple[QuerySet[Photo], bool]:
        """Find photos by what has an index. Names have none, so of many photos they only narrow another search."""
        words = search_term.split()
        if not words:
            return queryset, False
        found, names = queryset, []
        is_narrow = "album" in request.GET
        for word in words:
            if row_id := _id_in(word):
                is_album = Album.objects.filter(id=row_id).exists()
                found = found.filter(album=row_id) if is_album else found.filter(id=row_id)
            elif "@" in word:
                owners = get_user_model().objects.alias(address=Lower("email")).filter(address=word.lower())
                found = found.filter(album__owner__in=owners)
            else:
                names.append(word)
                continue
            is_narrow = True
        if names and not is_narrow and Photo.objects.order_by()[: MOST_SEARCHED + 1].count() > MOST_SEARCHED:
            explained = (
                f"There are more than {MOST_SEARCHED:,} photos. Add the id of an album or an address to the name."
            )
            self.message_user(request, explained, messages.WARNING)
            return queryset.none(), False
        for name in names:
            found = found.filter(name__icontains=name)
        # By their ids: PostgreSQL would rather look for the first page in the order of all photos.
        ids = list(found.order_by().values_list("id", flat=True)[:MOST_LISTED])
        return queryset.filter(id__in=ids), False

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


def _id_in(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


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
