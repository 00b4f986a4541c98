"""Every read that is more than a lookup. The number of queries does not grow with the album."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import (
    Count,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from albums import jobs, storage
from albums.capture_order import CAPTURE_ORDER
from albums.exceptions import NotFound
from albums.filters import (
    ALL_CLUSTERS,
    HAS_PEOPLE,
    IS_MANUAL,
    IS_SHELVED,
    IS_SHOWN,
    IS_UNDECIDED,
    IS_VIDEO,
    ClusterFilter,
    clusters_matching,
    photos_matching,
)
from albums.models import Album, AlbumChange, Cluster, Embedding, Export, Membership, Photo, WorkerReport
from albums.rights import ids_of_albums_open_to
from albums.state_counts import count_by_state

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# A group may have thousands of photos. All about one photo is some 2 KB.
BEST_PHOTOS = 100

# How far along a photo in this state is. The progress bar of an album is the sum over its photos.
_STATE_WEIGHT = {
    Photo.State.UPLOADED: 0.0,
    Photo.State.PREPARING: 0.1,
    Photo.State.PREPARED: 0.6,
    Photo.State.EMBEDDING: 0.7,
    Photo.State.ANALYZED: 1.0,
    Photo.State.FAILED: 1.0,
}


def albums_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Album]:
    """The albums that the user owns or edits, newest first, with cover_id, owner_address and counts.

    The counts are: photo, cluster, picked, left_out, failed, and member, of those who edit it beside the owner. As in
    `ReviewCounts`, the picked do not count videos, which come along with them.
    """
    photos = Photo.objects.filter(IS_SHOWN, album=OuterRef("pk"))
    cover = photos.filter(picked=True, state=Photo.State.ANALYZED).order_by(
        F("cluster__photo_count").desc(nulls_last=True), *CAPTURE_ORDER
    )
    return (
        Album.objects.filter(id__in=ids_of_albums_open_to(user.pk), owner__is_active=True)
        .annotate(
            owner_address=F("owner__email"),
            member_count=_count(members_of(OuterRef("pk"))),
            photo_count=_count(photos.exclude(state=Photo.State.PENDING)),
            picked_count=_count(photos.filter(~IS_VIDEO, picked=True)),
            left_out_count=_count(photos.filter(left_out=True)),
            failed_count=_count(Photo.objects.filter(album=OuterRef("pk"), state=Photo.State.FAILED)),
            cluster_count=_count(Cluster.objects.filter(album=OuterRef("pk"))),
            cover_id=Subquery(cover.values("id")[:1]),
        )
        .order_by("-created_at", "id")
    )


def members_of(album: Album | OuterRef) -> QuerySet[Membership]:
    """Who edits the album beside its owner, in the order in which they came."""
    members = Membership.objects.filter(album=album, person__isnull=False)
    return members.select_related("person").order_by("created_at", "id")


def shared_album_count(user: AbstractBaseUser | AnonymousUser) -> int:
    """How many albums of the user others edit."""
    members = Membership.objects.filter(album__owner_id=user.pk, person__isnull=False)
    return members.values("album").distinct().count()


def _count(rows: QuerySet[Photo] | QuerySet[Cluster] | QuerySet[Membership]) -> Coalesce:
    counted = rows.order_by().values("album").annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def album_of(user: AbstractBaseUser | AnonymousUser, album_id: UUID) -> Album:
    """One of the albums that the user owns or edits, annotated as in `albums_of`.

    Raises:
        NotFound: when it does not exist or is not open to the user.

    """
    album = albums_of(user).filter(id=album_id).first()
    if album is None:
        raise NotFound("This album does not exist.")
    return album


def photos_of(
    album: Album,
    *,
    state: str | None = None,
    decision: str | None = None,
    picked: bool | None = None,
    in_cluster: bool | None = None,
    people: bool | None = None,
    shelved: bool | None = None,
    left_out: bool | None = None,
    stars: int | None = None,
    label: str | None = None,
    cluster: UUID | None = None,
) -> QuerySet[Photo]:
    """The album's photos in order of capture, those without a time last, without companions.

    `pending` photos only on request.

    With `cluster`, only those of this group, the best first.
    """
    # A sidecar without a photo has failed, and is in no other list.
    photos = Photo.objects.filter(Q(companion_of=None) if state == Photo.State.FAILED else IS_SHOWN, album=album)
    photos = photos.filter(state=state) if state else photos.exclude(state=Photo.State.PENDING)
    if decision is not None:
        photos = photos.filter(decision=decision)
    if picked is not None:
        photos = photos.filter(picked=picked)
    if in_cluster is not None:
        photos = photos.filter(cluster__isnull=not in_cluster)
    photos = photos_matching(photos, people=people, shelved=shelved, left_out=left_out, stars=stars, label=label)
    if cluster is not None:
        return photos.filter(cluster=cluster).defer("gradient_map").order_by("rank", "id")
    return photos.defer("gradient_map").order_by(*CAPTURE_ORDER)


def clusters_of(
    album: Album, wanted: ClusterFilter = ALL_CLUSTERS, *, uncertain_first: bool = False
) -> QuerySet[Cluster]:
    """The album's clusters in order of capture, each with its photos, the best first.

    With `uncertain_first`, clusters without a clear winner come first.
    """
    members = Photo.objects.defer("gradient_map").order_by("cluster", "rank")
    order = ["-uncertain"] if uncertain_first else []
    return (
        clusters_matching(album, wanted)
        .prefetch_related(Prefetch("photos", members))
        .order_by(*order, "position", "id")
    )


def best_photos_read(clusters: Sequence[Cluster]) -> None:
    """Read the photos of these clusters, of each the BEST_PHOTOS best, in one query."""
    best = Photo.objects.filter(rank__lt=BEST_PHOTOS).defer("gradient_map").order_by("cluster", "rank")
    prefetch_related_objects(clusters, Prefetch("photos", best))


@dataclass(frozen=True)
class ReviewCounts:
    """The number of groups that match each filter, and the number of photos by decision and state.

    `stars` says for each number from 1 to 5 how many photos have that number or more.
    `picked` and `kept` do not count videos, because the number that the album wants does not.
    """

    clusters: int
    undecided: int
    no_clear_winner: int
    undecided_no_clear_winner: int
    people: int
    manual: int
    kinds: dict[str, int]
    photos: int
    singles: int
    shelved: int
    picked: int
    left_out: int
    kept: int
    rejected: int
    failed: int
    stars: list[int]
    labels: dict[str, int]


def review_counts(album: Album) -> ReviewCounts:
    """Counts for the filters of the review, in two queries."""
    kinds = {f"kind_{kind}": Count("pk", filter=Q(kind=kind)) for kind in Cluster.Kind}
    clusters = (
        Cluster.objects.filter(album=album)
        .annotate(is_undecided=IS_UNDECIDED, has_people=HAS_PEOPLE, is_manual=IS_MANUAL)
        .aggregate(
            clusters=Count("pk"),
            undecided=Count("pk", filter=Q(is_undecided=True)),
            no_clear_winner=Count("pk", filter=Q(uncertain=True)),
            undecided_no_clear_winner=Count("pk", filter=Q(uncertain=True, is_undecided=True)),
            people=Count("pk", filter=Q(has_people=True)),
            manual=Count("pk", filter=Q(is_manual=True)),
            **kinds,
        )
    )
    stars = {f"stars_{least}": Count("pk", filter=Q(stars__gte=least)) for least in Photo.STARS}
    labels = {f"label_{label}": Count("pk", filter=Q(label=label)) for label in Photo.Label}
    photos = Photo.objects.filter(album=album, companion_of=None).exclude(state=Photo.State.PENDING)
    counted = photos.aggregate(
        photos=Count("pk", filter=IS_SHOWN),
        singles=Count("pk", filter=Q(cluster__isnull=True, state=Photo.State.ANALYZED) & ~IS_SHELVED),
        shelved=Count("pk", filter=IS_SHELVED),
        picked=Count("pk", filter=Q(picked=True) & ~IS_VIDEO),
        left_out=Count("pk", filter=Q(left_out=True)),
        kept=Count("pk", filter=Q(decision=Photo.Decision.KEEP) & ~IS_VIDEO),
        rejected=Count("pk", filter=Q(decision=Photo.Decision.REJECT)),
        failed=Count("pk", filter=Q(state=Photo.State.FAILED)),
        **stars,
        **labels,
    )
    by_stars = [counted.pop(name) for name in stars]
    by_label = {label.value: counted.pop(f"label_{label}") for label in Photo.Label}
    by_kind = {kind.value: clusters.pop(f"kind_{kind}") for kind in Cluster.Kind}
    return ReviewCounts(**clusters, **counted, kinds=by_kind, stars=by_stars, labels=by_label)


def shelved_counts(album: Album) -> dict[str, int]:
    """How many photos the shelf leaves out of the picks, by reason. Reasons without photos are missing. One query."""
    rows = Photo.objects.filter(IS_SHELVED, album=album).order_by().values_list("shelf")
    return dict(rows.annotate(count=Count("pk")).order_by("-count", "shelf"))


def changes_of(album: Album, person: AbstractBaseUser | AnonymousUser) -> QuerySet[AlbumChange]:
    """The person's changes in the album, newest first, without the states to undo and redo them."""
    return changes_of_everybody(album).filter(person_id=person.pk)


def changes_of_everybody(album: Album) -> QuerySet[AlbumChange]:
    """The changes of all people in the album, as in `changes_of`."""
    changes = AlbumChange.objects.filter(album=album).select_related("person")
    return changes.defer("before", "after").order_by("-id")


def exports_of(album: Album) -> QuerySet[Export]:
    """The album's exports, newest first, without the names of all their files."""
    return Export.objects.filter(album=album).defer(*Export.LONG).order_by("-created_at", "id")


@dataclass(frozen=True)
class Progress:
    """The progress of an album, counted from its rows."""

    pending: int
    uploaded: int
    preparing: int
    prepared: int
    embedding: int
    analyzed: int
    failed: int
    grouping: str
    grouped_at: datetime | None
    grouping_error: str

    @property
    def total(self) -> int:
        """Photos whose bytes have arrived."""
        return self.unfinished + self.analyzed + self.failed

    @property
    def unfinished(self) -> int:
        """Photos that will still become analyzed or failed."""
        return self.uploaded + self.preparing + self.prepared + self.embedding

    @property
    def done(self) -> bool:
        """True when no photo is unfinished and the groups match the photos."""
        return not self.unfinished and self.grouping in {Album.Grouping.CURRENT, Album.Grouping.FAILED}

    @property
    def fraction(self) -> float:
        """From 0 to 1; exactly 1 only when done."""
        if self.done:
            return 1.0
        if not self.total:
            return 0.0
        work: float = sum(weight * getattr(self, state.value) for state, weight in _STATE_WEIGHT.items())
        return min(0.99, work / self.total)


def album_progress(album_id: UUID) -> Progress:
    """The progress of an album, in two queries."""
    return progress_of(Album.objects.only("grouping", "grouped_at", "grouping_error").get(id=album_id))


def progress_of(album: Album) -> Progress:
    """The progress of an album whose row has just been read, in one query."""
    counts = {count.state: count.photos for count in count_by_state(Photo.objects.filter(album=album))}
    return Progress(
        **{state.value: counts.get(state.value, 0) for state in Photo.State},
        grouping=album.grouping,
        grouped_at=album.grouped_at,
        grouping_error=album.grouping_error,
    )


@dataclass(frozen=True)
class ServiceHealth:
    """The health of each dependency: an empty string when it answers, or a message for the operator."""

    database: str
    broker: str
    storage: str
    workers: int
    embedding_model: str
    warning: str

    @property
    def ready(self) -> bool:
        """True when people can use the service. Without workers it accepts uploads and analyzes them later."""
        return not (self.database or self.broker or self.storage)


def service_health() -> ServiceHealth:
    """Ask the database, the broker and the storage, and read what the workers have reported."""
    database = _check_database()
    reports = [] if database else list(WorkerReport.alive())
    models = sorted({report.embedding_model for report in reports if report.embedding_model})
    return ServiceHealth(
        database=database,
        broker=jobs.check_broker(),
        storage=storage.get_storage().check() or "",
        workers=len(reports),
        embedding_model=", ".join(models) or ("" if database else _latest_model()),
        warning=_warnings(report.warning for report in reports),
    )


def workers_warning() -> str:
    """The warnings of the running workers, for example that no network is installed. Empty without warnings."""
    return _warnings(WorkerReport.alive().values_list("warning", flat=True))


def _warnings(of_workers: Iterable[str]) -> str:
    return " ".join(sorted(set(filter(None, of_workers))))


def _check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"The database at DATABASE_URL does not answer: {error}"
    return ""


def _latest_model() -> str:
    return Embedding.objects.order_by("-id").values_list("model", flat=True).first() or ""
