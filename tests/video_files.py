"""Tiny videos, written with FFmpeg from drawn pictures."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from tests.drawing import draw_scene

Pixels = NDArray[np.uint8]
SIZE = (160, 120)
SCENE = draw_scene(5, SIZE)
RATE = 10
APPLE = "com.apple.quicktime."
TURNED = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def video_bytes(
    pictures: Sequence[Pixels] = (SCENE,) * 3,
    *,
    container: str = "mp4",
    codec: str = "libx264",
    tags: Mapping[str, str] | None = None,
    turned: int = 0,
    keyframes: int = 1,
    hdr: int | None = None,
) -> bytes:
    """A video of these pictures of one size, ten a second.

    Args:
        pictures: (height, width, 3) uint8; for HDR the signal, from 0 to 255.
        container: a muxer of FFmpeg.
        codec: an encoder of FFmpeg.
        tags: what the container says, such as `creation_time`.
        turned: degrees clockwise by which players turn it; only in MP4 and MOV.
        keyframes: every how many pictures one is coded alone.
        hdr: FFmpeg's number of the transfer function: 16 for PQ, 18 for HLG.
    """
    buffer = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if container == "mov" else {}
    with av.open(buffer, "w", format=container, options=options) as written:
        written.metadata.update(tags or {})
        stream: Any = written.add_stream(codec, rate=RATE)
        height, width = pictures[0].shape[:2]
        stream.width, stream.height = width, height
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p10le" if hdr else "yuv420p"
        stream.codec_context.gop_size = keyframes
        if hdr:
            stream.codec_context.color_trc, stream.codec_context.color_primaries = hdr, 9
            stream.codec_context.colorspace = 9
        for index, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame = frame.reformat(format=stream.pix_fmt, dst_colorspace=9 if hdr else None)
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))
    return _turned(buffer.getvalue(), TURNED[turned]) if turned else buffer.getvalue()


def sound_bytes(container: str = "mp4") -> bytes:
    """A file of this container with silence and no picture."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as written:
        stream: Any = written.add_stream("aac", rate=8000)
        quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        quiet.sample_rate = 8000
        written.mux([*stream.encode(quiet), *stream.encode(None)])
    return buffer.getvalue()


def _turned(data: bytes, signs: tuple[int, int, int, int]) -> bytes:
    """The same with another display matrix in the header of its track (ISO/IEC 14496-12, 8.3.2)."""
    start = data.index(b"tkhd") + 4 + 4 + 20 + 16
    a, b, c, d = (sign << 16 for sign in signs)
    return data[:start] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + data[start + 36 :]
