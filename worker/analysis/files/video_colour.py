"""Turns a frame of a video into RGB, still in its own light, and says which that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.files.cicp import Cicp

if TYPE_CHECKING:
    from av import VideoFrame

_MATRICES = {1: "ITU709", 5: "ITU601", 6: "ITU601", 9: "BT2020"}
"""By the code points for how luma and chroma were made (ITU-T H.273, table 4)."""
_HD_HEIGHT = 720  # smaller videos that do not say so have the colours of television


def cicp_of_frame(frame: VideoFrame) -> Cicp:
    """The code points of its primaries and transfer, as FFmpeg has them too."""
    return Cicp(int(frame.color_primaries), int(frame.color_trc))


def frame_to_rgb(frame: VideoFrame, width: int, height: int) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """The frame in this size, not turned: (height, width, 3), uint16 with the full range for HDR, else uint8."""
    from av.video.reformatter import Interpolation

    default = "ITU709" if frame.height >= _HD_HEIGHT else "ITU601"
    converted = frame.reformat(
        width=width,
        height=height,
        format="rgb48le" if cicp_of_frame(frame).is_hdr else "rgb24",
        src_colorspace=_MATRICES.get(int(frame.colorspace), default),
        # AREA makes false colours of 16 bits at the frame's own size (FFmpeg 8.1).
        interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT,
        dst_color_range="JPEG",
        threads=1,
    )
    pixels: NDArray[Any] = converted.to_ndarray()
    return pixels
