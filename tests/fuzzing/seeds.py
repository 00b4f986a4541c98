"""Small photos to be damaged: one of every format, and those that say where and by whom they were taken."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.hdr_files import HLG, PQ, deep_png, hdr_avif, hdr_heic, linear_of, signal_of
from tests.icc_profiles import DISPLAY_P3, rgb_profile
from tests.jpeg_xl_files import compressed, container, jxl_bytes, jxl_of_jpeg, with_colours
from tests.photo_files import TAKEN_AT, heic_bytes, opencv_bytes, tiff_tags, with_properties, written
from tests.raw_files import cr3_bytes, dng_bytes, raf_bytes, sensor_data
from tests.video_files import APPLE, video_bytes
from tests.worker.analysis.stripping.files import FILES
from tests.worker.analysis.stripping.leaks import LEAKS

TINY = draw_scene(7, (48, 32))
SEEDS = [
    jpeg_bytes(TINY, taken_at=TAKEN_AT, icc=rgb_profile(DISPLAY_P3), orientation=6),
    jpeg_bytes(TINY, progressive=True),
    written(Image.fromarray(TINY), "PNG", exif=exif_bytes(taken_at=TAKEN_AT), icc_profile=rgb_profile(DISPLAY_P3)),
    written(Image.fromarray(TINY), "WEBP", exif=exif_bytes(orientation=3)),
    written(Image.fromarray(TINY), "TIFF", tiffinfo=tiff_tags(8)),
    written(Image.fromarray(TINY), "TIFF", compression="tiff_lzw"),
    written(Image.fromarray(TINY), "TIFF", compression="tiff_adobe_deflate", big_tiff=True),
    opencv_bytes(".tif", TINY.astype(np.float32) / 255),
    written(Image.fromarray(TINY), "GIF"),
    written(Image.fromarray(TINY), "BMP"),
    written(Image.fromarray(TINY), "AVIF", exif=exif_bytes(orientation=5)),
    with_properties(
        written(Image.fromarray(TINY), "AVIF"),
        (b"clap", struct.pack(">IIIIiIiI", 40, 1, 20, 1, 0, 1, 2, 1)),
        (b"irot", b"\1"),
        (b"imir", b"\1"),
    ),
    written(Image.fromarray(TINY), "JPEG2000"),
    written(Image.fromarray(TINY), "MPO", save_all=True, append_images=[Image.fromarray(TINY)]),
    heic_bytes(Image.fromarray(TINY), quality=60),
    deep_png(signal_of(linear_of(TINY), 9, PQ), (9, PQ)),
    hdr_avif(signal_of(linear_of(TINY), 9, HLG), 9, HLG),
    hdr_heic(signal_of(linear_of(TINY), 9, PQ), 9, PQ, 12),
    jxl_bytes(TINY),
    jxl_bytes(TINY, lossless=False),
    with_colours(jxl_bytes(TINY), 9, PQ),
    jxl_of_jpeg(jpeg_bytes(TINY, taken_at=TAKEN_AT, orientation=6)),
    container(jxl_bytes(TINY, lossless=False), compressed(b"Exif", bytes(4) + exif_bytes(taken_at=TAKEN_AT))),
    dng_bytes(sensor_data(TINY), orientation=6),
    dng_bytes(sensor_data(TINY), preview=jpeg_bytes(TINY)),
    cr3_bytes(jpeg_bytes(draw_scene(7, (512, 16)))),
    raf_bytes(jpeg_bytes(draw_scene(7, (512, 16)), taken_at=TAKEN_AT)),
    video_bytes([TINY] * 2),
    video_bytes([TINY] * 2, container="mov", tags={f"{APPLE}creationdate": "2023-05-09T12:41:46+0100"}, turned=90),
    video_bytes([TINY] * 2, codec="libx265", hdr=18),
    video_bytes([TINY] * 2, container="webm", codec="libvpx-vp9"),
    video_bytes([TINY] * 2, container="avi", codec="mjpeg"),
    *(make() for make in FILES.values()),
    *(make() for make in LEAKS.values()),
    b'<x:xmpmeta><rdf:RDF><x xmp:Rating="4" xmp:Label="Red" xmp:CreateDate="2023-10-06T06:39:09Z"/>',
    b'{"photoTakenTime": {"timestamp": "1696574349"}, "geoData": {"latitude": 48.9, "longitude": 2.5}}',
]
