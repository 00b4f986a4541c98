"""From the bytes of a file to one upright sRGB array: what a file is, damage, decoding, colour, smaller copies.

May use `metadata`.
"""

from worker.analysis.files.decoding import (
    DecodedPhoto,
    DecodeLimits,
    decode_photo,
    encode_jpeg,
    resize_to_fit,
)
from worker.analysis.files.formats import DecodeError, PhotoFormat, identify
from worker.analysis.files.location_stripping import strip_location
from worker.analysis.files.placeholder import placeholder_uri
from worker.analysis.files.previews import PREVIEW_SIDE, THUMBNAIL_SIDE, preview_bytes, smaller_copies, thumbnail_bytes

__all__ = [
    "PREVIEW_SIDE",
    "THUMBNAIL_SIDE",
    "DecodeError",
    "DecodeLimits",
    "DecodedPhoto",
    "PhotoFormat",
    "decode_photo",
    "encode_jpeg",
    "identify",
    "placeholder_uri",
    "preview_bytes",
    "resize_to_fit",
    "smaller_copies",
    "strip_location",
    "thumbnail_bytes",
]
