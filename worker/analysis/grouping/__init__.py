"""Groups photos of one moment: DBSCAN over likeness and capture time, clock correction, photo sets, near-duplicates.

Vectors and capture settings in, groups out; pictures come through a judge. May use `measures`, `files`, `metadata`.
"""

from worker.analysis.grouping.album import (
    Grouping,
    GroupingSettings,
    LinkedAlbum,
    group_album,
    group_linked,
    group_photos,
    link_album,
)
from worker.analysis.grouping.calibration import ModelReference, reference_for
from worker.analysis.grouping.clocks import ClockOffset
from worker.analysis.grouping.companions import ShotFile, companions_of
from worker.analysis.grouping.edited_copies import with_edited_copies
from worker.analysis.grouping.exposure_series import Structure, find_structure
from worker.analysis.grouping.live_photos import live_videos
from worker.analysis.grouping.looks import Answers, grey_of_thumbnail
from worker.analysis.grouping.photo_sets import PhotoSet
from worker.analysis.grouping.picture_judge import Judge, PictureJudge
from worker.analysis.grouping.shot_names import is_camera_thumbnail
from worker.analysis.grouping.sidecars import NamedFile, described_by
from worker.analysis.grouping.videos import photos_of_videos

__all__ = [
    "Answers",
    "ClockOffset",
    "Grouping",
    "GroupingSettings",
    "Judge",
    "LinkedAlbum",
    "ModelReference",
    "NamedFile",
    "PhotoSet",
    "PictureJudge",
    "ShotFile",
    "Structure",
    "companions_of",
    "described_by",
    "find_structure",
    "grey_of_thumbnail",
    "group_album",
    "group_linked",
    "group_photos",
    "is_camera_thumbnail",
    "link_album",
    "live_videos",
    "photos_of_videos",
    "reference_for",
    "with_edited_copies",
]
