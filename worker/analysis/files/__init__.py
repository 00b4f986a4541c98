"""Files: identifies a photo's format, finds damage, decodes it to an upright sRGB array, makes smaller copies.

Bytes in, arrays or a DecodeError out. May use `metadata`.
"""

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.damage import Segment, jpeg_segments
from worker.analysis.files.decoding import DecodedPhoto, decode_photo
from worker.analysis.files.formats import PhotoFormat, identify
from worker.analysis.files.placeholder import placeholder_uri
from worker.analysis.files.png import png_chunks
from worker.analysis.files.previews import (
    PREVIEW_SIDE,
    THUMBNAIL_SIDE,
    encode_jpeg,
    preview_bytes,
    smaller_copies,
    thumbnail_bytes,
    thumbnail_pixels,
)
from worker.analysis.files.resizing import nominal_side, resize_to_fit
from worker.analysis.files.video import OpenVideo, opened_video
from worker.analysis.files.video_parts import SharpFrame, VideoParts

__all__ = [
    "PREVIEW_SIDE",
    "THUMBNAIL_SIDE",
    "DecodedPhoto",
    "OpenVideo",
    "PhotoFormat",
    "Segment",
    "SharpFrame",
    "VideoParts",
    "boxes_in",
    "decode_photo",
    "encode_jpeg",
    "identify",
    "jpeg_segments",
    "nominal_side",
    "opened_video",
    "placeholder_uri",
    "png_chunks",
    "preview_bytes",
    "resize_to_fit",
    "smaller_copies",
    "thumbnail_bytes",
    "thumbnail_pixels",
]
