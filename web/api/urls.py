"""Every route below /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from web.api import problems
from web.api.views import (
    accounts,
    albums,
    clocks,
    clusters,
    documentation,
    exports,
    frames,
    members,
    photos,
    prints,
    review,
    shared,
    shares,
    timeline,
    uploads,
)

urlpatterns = [
    path("albums/", albums.AlbumListView.as_view(), name="albums"),
    path("albums/<uuid:album_id>/", albums.AlbumView.as_view(), name="album"),
    path("albums/<uuid:album_id>/regroup/", albums.RegroupView.as_view(), name="album-regroup"),
    path("albums/<uuid:album_id>/clocks/", clocks.ClocksView.as_view(), name="album-clocks"),
    path("albums/<uuid:album_id>/undo/", review.UndoView.as_view(), name="album-undo"),
    path("albums/<uuid:album_id>/redo/", review.RedoView.as_view(), name="album-redo"),
    path("albums/<uuid:album_id>/changes/", review.ChangeListView.as_view(), name="album-changes"),
    path("albums/<uuid:album_id>/progress/", albums.ProgressView.as_view(), name="album-progress"),
    path("albums/<uuid:album_id>/members/", members.MemberListView.as_view(), name="album-members"),
    path("albums/<uuid:album_id>/members/<uuid:member_id>/", members.MemberView.as_view(), name="album-member"),
    path("albums/<uuid:album_id>/uploads/", uploads.UploadsView.as_view(), name="album-uploads"),
    path(
        "albums/<uuid:album_id>/uploads/complete/",
        uploads.UploadsCompleteView.as_view(),
        name="album-uploads-complete",
    ),
    path("albums/<uuid:album_id>/uploads/dismiss/", uploads.UploadsDismissView.as_view(), name="album-uploads-dismiss"),
    path(
        "albums/<uuid:album_id>/uploads/<uuid:photo_id>/parts/",
        uploads.UploadPartsView.as_view(),
        name="album-upload-parts",
    ),
    path("albums/<uuid:album_id>/photos/", photos.PhotoListView.as_view(), name="album-photos"),
    path(
        "albums/<uuid:album_id>/photos/decision/",
        photos.PhotoDecisionView.as_view(),
        name="album-photos-decision",
    ),
    path("albums/<uuid:album_id>/photos/stars/", photos.PhotoStarsView.as_view(), name="album-photos-stars"),
    path("albums/<uuid:album_id>/photos/label/", photos.PhotoLabelView.as_view(), name="album-photos-label"),
    path("albums/<uuid:album_id>/photos/delete/", photos.PhotosDeleteView.as_view(), name="album-photos-delete"),
    path("albums/<uuid:album_id>/photos/retry/", photos.PhotoRetryView.as_view(), name="album-photos-retry"),
    path("albums/<uuid:album_id>/timeline/", timeline.TimelineView.as_view(), name="album-timeline"),
    path("albums/<uuid:album_id>/thumbnails/", timeline.ThumbnailsView.as_view(), name="album-thumbnails"),
    path("albums/<uuid:album_id>/clusters/", clusters.ClusterListView.as_view(), name="album-clusters"),
    path("albums/<uuid:album_id>/clusters/counts/", clusters.ClusterCountsView.as_view(), name="album-clusters-counts"),
    path("albums/<uuid:album_id>/clusters/<uuid:cluster_id>/", clusters.ClusterView.as_view(), name="album-cluster"),
    path("albums/<uuid:album_id>/clusters/accept/", review.ClusterAcceptView.as_view(), name="album-clusters-accept"),
    path("albums/<uuid:album_id>/clusters/split/", review.ClusterSplitView.as_view(), name="album-clusters-split"),
    path("albums/<uuid:album_id>/clusters/merge/", review.ClusterMergeView.as_view(), name="album-clusters-merge"),
    path(
        "albums/<uuid:album_id>/clusters/release/", review.ClusterReleaseView.as_view(), name="album-clusters-release"
    ),
    path("albums/<uuid:album_id>/exports/", exports.ExportListView.as_view(), name="album-exports"),
    path("albums/<uuid:album_id>/exports/preview/", exports.ExportPreviewView.as_view(), name="album-exports-preview"),
    path("albums/<uuid:album_id>/shares/", shares.ShareListView.as_view(), name="album-shares"),
    path("albums/<uuid:album_id>/choices/", shares.AlbumChoicesView.as_view(), name="album-choices"),
    path("shares/<uuid:share_id>/", shares.ShareView.as_view(), name="share"),
    path("shares/<uuid:share_id>/delete/", shares.ShareDeleteView.as_view(), name="share-delete"),
    path("shares/<uuid:share_id>/guests/", shares.ShareGuestsView.as_view(), name="share-guests"),
    path("shares/<uuid:share_id>/guests/delete/", shares.ShareGuestsDeleteView.as_view(), name="share-guests-delete"),
    path("shares/<uuid:share_id>/choices/", shares.ShareChoicesView.as_view(), name="share-choices"),
    path("shares/<uuid:share_id>/take-over/", shares.ShareTakeOverView.as_view(), name="share-take-over"),
    path("shares/<uuid:share_id>/qr/", shares.ShareQRView.as_view(), name="share-qr"),
    path("shared/<str:token>/", shared.SharedAlbumView.as_view(), name="shared"),
    path("shared/<str:token>/password/", shared.SharedPasswordView.as_view(), name="shared-password"),
    path("shared/<str:token>/accept/", members.AcceptView.as_view(), name="shared-accept"),
    path("shared/<str:token>/me/", shared.SharedMeView.as_view(), name="shared-me"),
    path("shared/<str:token>/finish/", shared.SharedFinishView.as_view(), name="shared-finish"),
    path("shared/<str:token>/photos/", shared.SharedPhotosView.as_view(), name="shared-photos"),
    path("shared/<str:token>/photos/<uuid:photo_id>/choice/", shared.SharedChoiceView.as_view(), name="shared-choice"),
    path(
        "shared/<str:token>/photos/<uuid:photo_id>/thumbnail/",
        shared.SharedThumbnailView.as_view(),
        name="shared-thumbnail",
    ),
    path(
        "shared/<str:token>/photos/<uuid:photo_id>/preview/", shared.SharedPreviewView.as_view(), name="shared-preview"
    ),
    path("shared/<str:token>/photos/<uuid:video_id>/video/", shared.SharedVideoView.as_view(), name="shared-video"),
    path(
        "shared/<str:token>/photos/<uuid:photo_id>/download/",
        shared.SharedDownloadView.as_view(),
        name="shared-download",
    ),
    path("albums/<uuid:album_id>/prints/", prints.PrintsView.as_view(), name="album-prints"),
    path("albums/<uuid:album_id>/prints/preview/", prints.PrintPreviewView.as_view(), name="album-prints-preview"),
    path("upload-limits/", uploads.UploadLimitsView.as_view(), name="upload-limits"),
    path("photos/<uuid:photo_id>/", photos.PhotoView.as_view(), name="photo"),
    path("photos/<uuid:photo_id>/histogram/", photos.PhotoHistogramView.as_view(), name="photo-histogram"),
    path("photos/<uuid:video_id>/frames/", frames.FramesView.as_view(), name="photo-frames"),
    path("photos/<uuid:photo_id>/original/", photos.PhotoOriginalView.as_view(), name="photo-original"),
    path("exports/<uuid:export_id>/", exports.ExportView.as_view(), name="export"),
    path("exports/<uuid:export_id>/download/", exports.ExportDownloadView.as_view(), name="export-download"),
    path("account/", accounts.AccountView.as_view(), name="account"),
    path("account/usage/", accounts.UsageView.as_view(), name="account-usage"),
    path("account/personal-ranker/", accounts.PersonalRankerView.as_view(), name="account-personal-ranker"),
    path("sessions/", accounts.SessionListView.as_view(), name="sessions"),
    path("sessions/<uuid:session_id>/", accounts.SessionView.as_view(), name="session"),
    path("tokens/", accounts.TokenListView.as_view(), name="tokens"),
    path("tokens/<uuid:token_id>/", accounts.TokenView.as_view(), name="token"),
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("problems/", problems.problem_list, name="problems"),
]

# Unknown routes answer with a problem, not with a page.
unknown_routes = [re_path(r"^.*$", problems.no_such_route)]
