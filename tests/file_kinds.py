"""The kinds of files that the service takes, with a sample of each, from which `docs/formats.md` is made.

python -m tests.file_kinds > docs/formats.md
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from tests.drawing import draw_scene, jpeg_bytes
from tests.hdr_files import HLG, PQ, deep_png, hdr_avif, hdr_heic, linear_of, signal_of
from tests.jpeg_xl_files import jxl_bytes
from tests.photo_files import heic_bytes, tiff_tags, written
from tests.raw_files import cr3_bytes, dng_bytes, sensor_data
from tests.video_files import video_bytes
from worker.analysis.files import decode_photo, identify
from worker.analysis.files.formats import NOT_SHOWN_BY_BROWSERS
from worker.analysis.files.opening import open_picture
from worker.analysis.interface import NotStripped
from worker.analysis.stripping import strip

MEGAPIXEL = 1_000_000
MOST_MEGAPIXELS = 250
_SCENE = draw_scene(7, (96, 64))
_IMAGE = Image.fromarray(_SCENE)
_WIDE = draw_scene(7, (2304, 64))


@dataclass(frozen=True)
class FileKind:
    """A row of the table.

    Attributes:
        name: what people call it.
        endings: of its files, in lower case.
        sample: makes a small one.
        read: which picture of it is judged, and who decodes it.
    """

    name: str
    endings: str
    sample: Callable[[], bytes]
    read: str

    @property
    def megapixels(self) -> int:
        """The most that are accepted, with the colours of the sample."""
        data = self.sample()
        return min(MOST_MEGAPIXELS, open_picture(data, identify(data)).most_pixels // MEGAPIXEL)

    @property
    def at_full_size(self) -> str:
        """What the page shows at 100 %."""
        photo = decode_photo(self.sample())
        if photo.format == "video":
            return "the film, in browsers that play it"
        if photo.large:
            return "the JPEG in it"
        return "a JPEG that we keep" if photo.format in NOT_SHOWN_BY_BROWSERS else "the file"

    @property
    def is_stripped(self) -> bool:
        """Whether a zip without places has it without what it says of place and owner."""
        try:
            strip(self.sample())
        except NotStripped:
            return False
        return True


_RAW = "3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
_JPEG = "jpg jpeg jpe jfif"
_POSTER = "FFmpeg, a frame near the start"

PHOTOS = (
    FileKind("JPEG", _JPEG, lambda: jpeg_bytes(_SCENE), "libjpeg-turbo, reduced while decoding; Pillow if damaged"),
    FileKind("JPEG, progressive", _JPEG, lambda: jpeg_bytes(_SCENE, progressive=True), "the same"),
    FileKind(
        "MPO, of 3D cameras and some phones",
        "mpo jpg",
        lambda: written(_IMAGE, "MPO", save_all=True, append_images=[_IMAGE]),
        "the first picture, as JPEG",
    ),
    FileKind("PNG", "png", lambda: written(_IMAGE, "PNG"), "Pillow, OpenCV for 16 bits"),
    FileKind(
        "PNG in HDR (PQ, HLG)",
        "png",
        lambda: deep_png(signal_of(linear_of(_SCENE), 9, PQ), (9, PQ)),
        "OpenCV, then as sRGB",
    ),
    FileKind("WebP", "webp", lambda: written(_IMAGE, "WEBP"), "Pillow, the first picture"),
    FileKind("HEIC, HEIF", "heic heif hif", lambda: heic_bytes(_IMAGE, chroma=420), "libheif, the primary picture"),
    FileKind(
        "HEIC in HDR (PQ, HLG)",
        "heic heif hif",
        lambda: hdr_heic(signal_of(linear_of(_SCENE), 9, PQ), 9, PQ, 10),
        "libheif, then as sRGB",
    ),
    FileKind("AVIF", "avif", lambda: written(_IMAGE, "AVIF"), "Pillow, the primary picture"),
    FileKind(
        "AVIF in HDR (PQ, HLG)",
        "avif",
        lambda: hdr_avif(signal_of(linear_of(_SCENE), 9, HLG), 9, HLG),
        "libheif, then as sRGB",
    ),
    FileKind("JPEG XL", "jxl", lambda: jxl_bytes(_SCENE), "libjxl; of an animation the last picture"),
    FileKind("TIFF", "tif tiff", lambda: written(_IMAGE, "TIFF", tiffinfo=tiff_tags(1)), "OpenCV and Pillow"),
    FileKind("BMP", "bmp dib", lambda: written(_IMAGE, "BMP"), "Pillow"),
    FileKind("GIF", "gif", lambda: written(_IMAGE, "GIF"), "Pillow, the first picture"),
    FileKind("JPEG 2000", "jp2 j2k", lambda: written(_IMAGE, "JPEG2000"), "Pillow"),
    FileKind(
        "RAW with a picture in it",
        _RAW,
        lambda: cr3_bytes(jpeg_bytes(_WIDE)),
        "the JPEG in it, if it is large enough",
    ),
    FileKind(
        "RAW without one",
        _RAW,
        lambda: dng_bytes(sensor_data(_SCENE)),
        "developed by LibRaw at half of its side",
    ),
    FileKind("MP4, QuickTime, 3GP", "mp4 m4v mov 3gp 3g2", lambda: video_bytes([_SCENE]), _POSTER),
    FileKind("Matroska", "mkv", lambda: video_bytes([_SCENE], container="matroska"), "the same"),
    FileKind("WebM", "webm", lambda: video_bytes([_SCENE], container="webm", codec="libvpx-vp9"), "the same"),
    FileKind("AVI", "avi", lambda: video_bytes([_SCENE], container="avi", codec="mjpeg"), "the same"),
)


def document() -> str:
    """The whole file, in Markdown."""
    rows = [
        f"| {kind.name} | {'see below' if kind.endings == _RAW else kind.endings} | {kind.megapixels} | {kind.read} |"
        f" {kind.at_full_size} | {'stripped' if kind.is_stripped else 'named'} |"
        for kind in PHOTOS
    ]
    return _TEXT.format(
        rows="\n".join(rows), raw=textwrap.fill(f"- **RAW** files end in {_RAW}.", 120, subsequent_indent="  ")
    )


_TEXT = """# Formats

`python -m tests.file_kinds` makes this file from a sample of each kind, and a test keeps it true.

What a file is follows from its bytes, never from its name. Before the upload, the page leaves out what cannot be taken,
by ending and first bytes. Every photo is judged on a picture of 2,048 pixels on its longer side, which is also the
preview, and shown small by one of 512. A panorama has more, by its height. The original is stored, and leaves in the
zip byte for byte.

| kind | endings | most megapixels | read by | at 100 % | zip without places |
|---|---|---|---|---|---|
{rows}

*At 100 %*: what the browser shows when somebody zooms in. *A JPEG that we keep*: made at full size during the
preparation, of up to 110 megapixels (`MAX_FULL_SIZE_PIXELS`), because no browser or only Safari shows the file.
*Stripped*: the file keeps only what decodes the picture, the colour profile, orientation, capture time, make and model.
*Named*: it stays as it is, and the download says so.

{raw}
- **HDR** is shown as the same scene would be in sRGB ([decision 44](decisions/0044-light-as-it-was-meant.md)). A
  photo with a gain map is judged by its base picture.
- **Sizes**: decisions [39](decisions/0039-raw-by-its-embedded-picture.md) and [45](decisions/0045-sizes.md) say why the
  limits differ: a progressive JPEG with colours at full size has 167, HEIC with colours at full size, with
  transparency or in HDR 150, a TIFF in strips or tiles 250. `MAX_PHOTO_PIXELS` lowers them for all kinds.
  `MAX_PHOTO_BYTES` is 200 MiB.
- **Videos** are read if they are coded as H.264, HEVC, AV1, VP8, VP9, MJPEG, MPEG-4, H.263 or ProRes
  ([decision 42](decisions/0042-videos.md)), up to `MAX_VIDEO_BYTES` (2 GiB) and `MAX_VIDEO_SECONDS` (an hour).
  Their best frames become photos when somebody asks ([decision 49](decisions/0049-frames-of-videos.md)).
- **Sidecars** (aae, json, thm, xmp) are never shown. They go with their photo
  ([decision 43](decisions/0043-sidecars-and-edited-copies.md)), and a zip without places leaves them out.
- **Descriptions** that people wrote are shown with the photo, and printed if wanted
  ([decision 74](decisions/0074-descriptions.md)). A sidecar's counts, XMP's before Takeout's, else that in the photo,
  else in another file of the shot. In a file it is the first of these: XMP `dc:description`, IPTC Caption-Abstract,
  EXIF ImageDescription, Windows' comment, PNG `Description`; then the titles in the same order; then EXIF UserComment.
  What cameras and programs write there is none. At most 2,000 characters are kept. Those of videos are not read.
- **Refused**, with a sentence that names the file and the remedy: Photoshop, PDF and other documents, archives, sound,
  JPEG with 12 or more bits, JPEG-LS, image sequences without a still, RAW files without a picture or enough data.
"""


if __name__ == "__main__":
    sys.stdout.write(document())
