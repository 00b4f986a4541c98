"""Books and contact sheets."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Export
from albums.prints import PAPERS, Page
from albums.prints.pages import POINT, Box
from albums.prints.plan import CAPTIONS, COLUMNS, LANGUAGES, MOST_PHOTOS, MOST_TITLE, PrintPlan, SoftPhoto
from web.api import links
from web.api.serializers.exports import SelectionCountsOutput
from web.api.serializers.fields import StarCountsField, WholeNumberField

PAGES_SHOWN = 24


class PrintInput(serializers.Serializer[Any]):
    """Options for a book or a contact sheet."""

    kind = serializers.ChoiceField(
        choices=[Export.Kind.BOOK.value, Export.Kind.CONTACT_SHEET.value], default=Export.Kind.BOOK.value
    )
    selection = serializers.ChoiceField(
        choices=Export.Selection.choices, default=Export.Selection.PICKS, help_text="As for a zip."
    )
    min_stars = WholeNumberField(
        default=1, min_value=1, max_value=5, help_text="The fewest stars, with the selection `stars`."
    )
    title = serializers.CharField(
        default="", allow_blank=True, max_length=MOST_TITLE, help_text="Empty for the name of the album."
    )
    paper = serializers.ChoiceField(
        choices=list(PAPERS), default="a4_landscape", help_text="The trimmed size of a book. Contact sheets are A4."
    )
    captions = serializers.ChoiceField(
        choices=CAPTIONS,
        default="none",
        help_text="Below each photo: nothing, when it was taken, its file's name, or what somebody wrote about it.",
    )
    numbers = serializers.BooleanField(default=True, help_text="Whether a book has page numbers.")
    language = serializers.ChoiceField(choices=LANGUAGES, default="en", help_text="Of the dates.")
    columns = WholeNumberField(
        default=5, min_value=COLUMNS[0], max_value=COLUMNS[-1], help_text="Photos in a row of a contact sheet."
    )


class BoxOutput(serializers.Serializer[Box]):
    """A rectangle in millimetres from the upper left corner of the trimmed page."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()


class PrintPictureOutput(serializers.Serializer[Any]):
    """A photo on a page."""

    photo_id = serializers.UUIDField(source="photo.id")
    name = serializers.CharField(source="photo.name")
    frame = BoxOutput(help_text="What is seen of the photo.")
    whole = BoxOutput(help_text="Where the whole photo would be. The same as `frame`, unless some of it is cut off.")
    thumbnail_url = serializers.SerializerMethodField()

    def get_thumbnail_url(self, picture: Any) -> str:
        """512 px on the longer side."""
        return links.thumbnail_url(self.context["request"], self.context["album_id"], picture.photo.id)


class PrintTextOutput(serializers.Serializer[Any]):
    """A line of text. `y` is its base line, `size` the size of its letters, all in millimetres."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    text = serializers.CharField()
    size = serializers.SerializerMethodField()
    width = serializers.FloatField(help_text="It is cut where it is wider.")
    align = serializers.ChoiceField(choices=["left", "centre", "right"])
    is_grey = serializers.BooleanField()

    def get_size(self, text: Any) -> float:
        """In millimetres."""
        return float(round(text.size * POINT, 3))


class PrintLineOutput(serializers.Serializer[Any]):
    """A horizontal rule."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()


class PrintPageOutput(serializers.Serializer[Page]):
    """One page."""

    pictures = PrintPictureOutput(many=True)
    texts = PrintTextOutput(many=True)
    lines = PrintLineOutput(many=True)


class SoftPhotoOutput(serializers.Serializer[SoftPhoto]):
    """A photo with few pixels for its size."""

    photo_id = serializers.UUIDField()
    name = serializers.CharField()
    dpi = serializers.IntegerField(help_text="Pixels of a printed inch. Below 150, a print looks soft.")


class PrintPreviewOutput(serializers.Serializer[PrintPlan]):
    """A book or a contact sheet before it is made."""

    ready = serializers.SerializerMethodField()
    photo_count = serializers.SerializerMethodField()
    most_photos = serializers.SerializerMethodField()
    page_count = serializers.SerializerMethodField()
    byte_size = serializers.IntegerField(help_text="About the size of the PDF.")
    file_name = serializers.CharField()
    width = serializers.SerializerMethodField()
    height = serializers.SerializerMethodField()
    pages = serializers.SerializerMethodField()
    soft = serializers.SerializerMethodField()
    selection_counts = serializers.SerializerMethodField()
    star_counts = serializers.SerializerMethodField()

    def get_ready(self, plan: PrintPlan) -> bool:  # noqa: ARG002
        """False while photos are being analyzed or grouped: picks may change, and nothing can be made."""
        return bool(self.context["ready"])

    def get_photo_count(self, plan: PrintPlan) -> int:  # noqa: ARG002
        """Photos that are chosen. If there are none, or more than `most_photos`, it cannot be made."""
        return int(self.context["photo_count"])

    def get_most_photos(self, plan: PrintPlan) -> int:
        """The most photos that it may have. Of more, the pages, their number and the size are those of the first."""
        return MOST_PHOTOS[plan.kind]

    def get_page_count(self, plan: PrintPlan) -> int:
        """All pages. Those of a book are always even, with the cover in front and an empty page at the end."""
        return len(plan.pages)

    def get_width(self, plan: PrintPlan) -> float:
        """Of a trimmed page, in millimetres."""
        return plan.sheet.width

    def get_height(self, plan: PrintPlan) -> float:
        """Of a trimmed page, in millimetres."""
        return plan.sheet.height

    @extend_schema_field(PrintPageOutput(many=True))
    def get_pages(self, plan: PrintPlan) -> Any:
        """The first pages."""
        first: Any = plan.pages[:PAGES_SHOWN]
        return PrintPageOutput(first, many=True, context=self.context).data

    @extend_schema_field(SoftPhotoOutput(many=True))
    def get_soft(self, plan: PrintPlan) -> Any:
        """Photos with fewer than 150 pixels an inch where they are largest."""
        soft: Any = plan.soft
        return SoftPhotoOutput(soft, many=True).data

    @extend_schema_field(SelectionCountsOutput)
    def get_selection_counts(self, plan: PrintPlan) -> Any:  # noqa: ARG002
        """How many photos each selection contains."""
        return SelectionCountsOutput(self.context["selection_counts"]).data

    @extend_schema_field(StarCountsField())
    def get_star_counts(self, plan: PrintPlan) -> Any:  # noqa: ARG002
        """How many photos a selection by at least 1, 2, 3, 4 and 5 stars contains."""
        return self.context["star_counts"]
