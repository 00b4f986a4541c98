"""Exports."""

from __future__ import annotations

from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.analysis import NotCleanedReason
from albums.exceptions import InvalidNamePattern
from albums.exports.entry_names import DEFAULT_PATTERN, MAX_PATTERN_LENGTH, PLACEHOLDERS, pattern_check
from albums.exports.marks import export_marks, file_count
from albums.exports.parts import marks_of
from albums.exports.plan import ExportPlan, PlannedPhoto, plan_sample
from albums.models import Export
from web.api import links
from web.api.serializers.fields import StarCountsField, WholeNumberField

NAMES_SHOWN = 20
PHOTOS_SHOWN = 12


class ExportInput(serializers.Serializer[Any]):
    """Options for the zip."""

    selection = serializers.ChoiceField(
        choices=Export.Selection.choices,
        default=Export.Selection.PICKS,
        help_text="The picks, only photos that somebody keeps, all photos that nobody rejects, or those of these that "
        "have stars.",
    )
    min_stars = WholeNumberField(
        default=1, min_value=1, max_value=5, help_text="The fewest stars, with the selection `stars`."
    )
    layout = serializers.ChoiceField(
        choices=Export.Layout.choices,
        default=Export.Layout.FLAT,
        help_text="All files in one folder, a folder for each group, the folders in which they were uploaded, or a "
        "folder for each day of the capture.",
    )
    name_pattern = serializers.CharField(
        default=DEFAULT_PATTERN,
        max_length=MAX_PATTERN_LENGTH,
        help_text="; ".join(f"{{{name}}} is {meaning}" for name, meaning in PLACEHOLDERS.items()) + ".",
    )
    location = serializers.ChoiceField(
        choices=Export.Location.choices,
        default=Export.Location.KEEP,
        help_text="Keep the files as they are, or strip them: only the picture, its colour profile and orientation, "
        "the capture time, make and model stay.",
    )

    ratings = serializers.ChoiceField(
        choices=Export.Ratings.choices,
        default=Export.Ratings.NONE,
        help_text="Write stars, labels, picks and rejections for other programs: not at all, as XMP sidecars beside "
        "the files, or in copies of the JPEGs and beside all other files. `only` makes a zip without photos: sidecars "
        "and lists of all photos, rejected ones too, with the names and folders of the upload.",
    )
    moments = serializers.BooleanField(
        default=False,
        help_text="Write the moment of each photo in a group as a keyword, too, where ratings are written.",
    )

    sets = serializers.ChoiceField(
        choices=Export.Sets.choices,
        default=Export.Sets.SELECTED,
        help_text="Which photos of brackets, focus stacks and panoramas: those of the selection, all of a set of which "
        "one is selected, or only the picks of those that are selected.",
    )
    jpeg_size = serializers.ChoiceField(
        choices=(0, *Export.JPEG_SIZES),
        default=0,
        help_text="Pixels on the longer side of JPEGs, one for each shot, instead of the originals; 0 for originals. "
        "Videos, and JPEGs that are no larger, are the originals.",
    )
    part_gigabytes = WholeNumberField(
        default=0,
        min_value=0,
        max_value=1000,
        help_text="Make several zips of at most this many GB, each complete in itself; 0 for one zip. A file that is "
        "larger is a zip of its own.",
    )
    checksums = serializers.BooleanField(
        default=False, help_text="Add the SHA-256 of every file in the zip, as `sha256sum --check` reads it."
    )
    gallery = serializers.BooleanField(
        default=False, help_text="Add a page, `index.html`, that shows the photos without a network."
    )
    language = serializers.ChoiceField(
        choices=Export.Language.choices, default=Export.Language.ENGLISH, help_text="Of the words on that page."
    )

    def validate_name_pattern(self, pattern: str) -> str:
        """Check that the pattern makes valid and distinct file names."""
        try:
            pattern_check(pattern)
        except InvalidNamePattern as error:
            raise serializers.ValidationError(error.message, code=error.code) from error
        return pattern


class ExportSampleOutput(serializers.Serializer[PlannedPhoto]):
    """A photo that would be in the zip."""

    id = serializers.UUIDField(source="photo.id")
    entry_name = serializers.CharField(help_text="Its name in the zip, including the folder.")
    placeholder = serializers.CharField(source="photo.placeholder", help_text="The same as `placeholder` of the photo.")
    width = serializers.IntegerField(source="photo.width", allow_null=True)
    height = serializers.IntegerField(source="photo.height", allow_null=True)
    thumbnail_url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_thumbnail_url(self, sample: PlannedPhoto) -> str | None:
        """512 px on the longer side."""
        photo = sample.photo
        return None if photo.width is None else links.thumbnail_url(self.context["request"], photo.album_id, photo.id)


class SelectionCountsOutput(serializers.Serializer[Any]):
    """How many photos each selection contains."""

    picks = serializers.IntegerField()
    kept = serializers.IntegerField()
    all = serializers.IntegerField()
    stars = serializers.IntegerField(help_text="With any stars.")


class ShelvedCountsOutput(serializers.Serializer[Any]):
    """How many photos are left out for each reason."""

    black = serializers.IntegerField(default=0)
    white = serializers.IntegerField(default=0)
    blurred = serializers.IntegerField(default=0)
    empty = serializers.IntegerField(default=0)


class ExportPreviewOutput(serializers.Serializer[ExportPlan]):
    """What the zip would contain."""

    ready = serializers.SerializerMethodField()
    photo_count = serializers.SerializerMethodField()
    file_count = serializers.SerializerMethodField()
    byte_size = serializers.IntegerField(
        help_text="The size of the originals, and an estimate for what is made; the zip is hardly larger."
    )
    is_estimate = serializers.BooleanField(help_text="Whether `byte_size` includes files that are made for the zip.")
    part_count = serializers.SerializerMethodField()
    has_photo_sets = serializers.BooleanField(help_text="Whether brackets, focus stacks or panoramas are in the zip.")
    folder_count = serializers.IntegerField(help_text="Folders in the zip; 0 if it is flat.")
    uploaded_folder_count = serializers.IntegerField(help_text="Folders in which the photos were uploaded.")
    cluster_count = serializers.IntegerField(help_text="Groups that have a photo in the zip.")
    single_count = serializers.IntegerField(help_text="Photos in the zip that are in no group.")
    file_name = serializers.CharField()
    names = serializers.SerializerMethodField()
    photos = serializers.SerializerMethodField()
    selection_counts = serializers.SerializerMethodField()
    star_counts = serializers.SerializerMethodField()
    shelved_counts = serializers.SerializerMethodField()
    left_out_count = serializers.SerializerMethodField()

    def get_ready(self, plan: ExportPlan) -> bool:  # noqa: ARG002
        """False while photos are being analyzed or grouped: picks may change, and no export can be created."""
        return bool(self.context["ready"])

    def get_part_count(self, plan: ExportPlan) -> int:  # noqa: ARG002
        """Zips that would be made."""
        return len(self.context["parts"])

    def get_photo_count(self, plan: ExportPlan) -> int:
        """Photos in the zip. If there are none, no export can be created."""
        return len(plan.shown)

    def get_file_count(self, plan: ExportPlan) -> int:
        """Files in the zip: the photos, their companions, such as RAW files, and what is made for it."""
        marks = export_marks(plan)
        return sum(file_count(part, marks_of(part, marks)) for part in self.context["parts"])

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_names(self, plan: ExportPlan) -> list[str]:
        """The first names of uploaded files in the zip."""
        return [name for _, name in plan.entries[:NAMES_SHOWN]]

    @extend_schema_field(ExportSampleOutput(many=True))
    def get_photos(self, plan: ExportPlan) -> Any:
        """A few photos, spread over the whole zip."""
        sample: Any = plan_sample(plan, PHOTOS_SHOWN)
        return ExportSampleOutput(sample, many=True, context=self.context).data

    @extend_schema_field(SelectionCountsOutput)
    def get_selection_counts(self, plan: ExportPlan) -> Any:  # noqa: ARG002
        """How many photos each selection would contain."""
        return SelectionCountsOutput(self.context["selection_counts"]).data

    @extend_schema_field(StarCountsField())
    def get_star_counts(self, plan: ExportPlan) -> Any:  # noqa: ARG002
        """How many photos a selection by at least 1, 2, 3, 4 and 5 stars would contain."""
        return self.context["star_counts"]

    @extend_schema_field(ShelvedCountsOutput)
    def get_shelved_counts(self, plan: ExportPlan) -> Any:  # noqa: ARG002
        """How many photos are not picked because they are probably not wanted, by reason."""
        return ShelvedCountsOutput(self.context["shelved_counts"]).data

    def get_left_out_count(self, plan: ExportPlan) -> int:  # noqa: ARG002
        """How many picks are left out because the album wants fewer."""
        return int(self.context["left_out_count"])


class PrintNotesOutput(serializers.Serializer[Any]):
    """What there is to say of a finished PDF."""

    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="Names of photos that could not be read, and are not in it."
    )
    soft = serializers.DictField(
        child=serializers.IntegerField(), help_text="Names of photos with few pixels, with their pixels an inch."
    )
    missing_characters = serializers.CharField(help_text="They are not in the font, and question marks stand for them.")


class NamesOutput(serializers.ListField):
    """Names of files. Empty where an older version made the zip, which noted none."""

    child = serializers.CharField()

    def __init__(self, *, help_text: str) -> None:
        super().__init__(read_only=True, help_text=help_text)

    def get_attribute(self, instance: Any) -> Any:
        """The list, also where there is null."""
        return super().get_attribute(instance) or []


class ExportOutput(serializers.ModelSerializer[Export]):
    """An export: its options, its progress and its file: a zip, or the PDF of a book or a contact sheet."""

    kind = serializers.ChoiceField(choices=Export.Kind.choices)
    print_notes = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=Export.State.choices)
    selection = serializers.ChoiceField(choices=Export.Selection.choices)
    layout = serializers.ChoiceField(choices=Export.Layout.choices)
    location = serializers.ChoiceField(choices=Export.Location.choices)
    ratings = serializers.ChoiceField(choices=Export.Ratings.choices)
    sets = serializers.ChoiceField(choices=Export.Sets.choices)
    part = serializers.IntegerField(help_text="The number of this part, from 1.")
    part_count = serializers.IntegerField(help_text="How many parts there are, each a zip; 1 for a zip without parts.")
    batch = serializers.UUIDField(allow_null=True, help_text="The same for all parts; null for a zip without parts.")
    smaller = NamesOutput(
        help_text="JPEGs that are smaller than was asked, because their photo could not be decoded again."
    )
    not_marked = NamesOutput(
        help_text="Files in the zip into which stars and picks could not be written. They are in it unchanged."
    )
    marked_beside = NamesOutput(
        help_text="JPEGs into which stars and picks could not be written. Each has a new sidecar in the zip."
    )
    not_cleaned = serializers.ListField(
        child=serializers.CharField(),
        help_text="Names of files in the zip that may still contain the location, although it should be stripped. "
        "They are in the zip unchanged.",
    )
    not_cleaned_reasons = serializers.SerializerMethodField()
    error_code = serializers.CharField(
        help_text="Why the export failed, for programs; never changes. Empty unless it failed. Codes: "
        + ", ".join(f"`{code}`" for code in Export.ErrorCode.values)
        + "."
    )
    error_message = serializers.CharField(help_text="Why the export failed, for people.")
    error_photo_name = serializers.CharField(
        help_text="The name of the photo whose original caused the failure; empty if none did."
    )
    file_count = serializers.IntegerField(
        source="photo_count",
        help_text="Files in the zip: the photos, their companions, such as RAW files, and what is made for it.",
    )
    files_written = serializers.IntegerField(source="photos_written", help_text="Files that are in the zip so far.")
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = (
            "id",
            "album_id",
            "kind",
            "print_notes",
            "selection",
            "min_stars",
            "layout",
            "name_pattern",
            "location",
            "ratings",
            "sets",
            "jpeg_size",
            "checksums",
            "gallery",
            "batch",
            "part",
            "part_count",
            "smaller",
            "not_marked",
            "marked_beside",
            "not_cleaned",
            "not_cleaned_reasons",
            "state",
            "file_name",
            "file_count",
            "files_written",
            "byte_size",
            "error_code",
            "error_message",
            "error_photo_name",
            "created_at",
            "finished_at",
            "expires_at",
            "download_url",
        )
        read_only_fields = fields

    @extend_schema_field(PrintNotesOutput(allow_null=True))
    def get_print_notes(self, export: Export) -> Any:
        """Null unless it is a finished PDF."""
        return export.print_notes

    @extend_schema_field(
        serializers.DictField(
            child=serializers.ChoiceField(get_args(NotCleanedReason)),
            help_text="Why, by name: its format cannot be stripped, it has a part that we do not know, it is damaged "
            "or cut off, it has too many parts, or it took too much time or memory.",
        )
    )
    def get_not_cleaned_reasons(self, export: Export) -> dict[str, str]:
        """Empty where an older version made the zip."""
        return export.not_cleaned_reasons or {}

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_download_url(self, export: Export) -> str | None:
        """Redirects to a short-lived link; null unless the zip is ready."""
        if export.state != Export.State.READY:
            return None
        return links.export_url(self.context["request"], export)
