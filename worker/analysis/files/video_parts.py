"""Finds the sharpest frames of each part of a video, in bounded time and memory.

The video is read three times from memory, which is cheap; what is decoded is little. First come the times of the frames
that are coded alone. Where they are dense, those are decoded, and what follows the sharpest one of each part. A short
video in which they are rare is decoded whole.
"""

from __future__ import annotations

import gc
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from worker.analysis.files.colour import Pixels
from worker.analysis.files.picture import Picture
from worker.analysis.files.pixels import upright_srgb
from worker.analysis.files.resizing import ENOUGH
from worker.analysis.files.video import OpenVideo
from worker.analysis.files.video_frames import measure_frame

if TYPE_CHECKING:
    from av import Packet, VideoFrame

_MOST_KEYS = 120
_MOST_KEY_PIXELS = 1_000_000_000
_KEY_SIDE = 320
_FINE_SIDE = 960
_MOST_PIXELS = 4_000_000_000
"""To decode: half a minute of 4K, or two minutes of Full HD."""
_LOOK_SECONDS = 1.0
_FRAMES_OF_PART = 3
_LEAST_GAP = 0.2
_USUAL_RATE = 30.0


@dataclass
class SharpFrame:
    """A frame among the sharpest of its part. `at` is in seconds since the start, `detail` an energy of gradients."""

    at: float
    detail: float
    frame: VideoFrame
    video: OpenVideo

    @cached_property
    def picture(self) -> Picture:
        """The frame with its colours and how it is turned."""
        return self.video.picture(self.frame)

    def upright(self, side: int | None = None) -> Pixels:
        """The frame as people see it, (height, width, 3) uint8 sRGB, at full size or with this longest side."""
        # A picture may be loaded a little smaller than it is asked for.
        return upright_srgb(self.picture, side or ceil(max(self.picture.size) / ENOUGH) + 1)


@dataclass
class VideoParts:
    """A video that is gone through once, in parts of equal length, of a second at least.

    Attributes:
        video: it stays open meanwhile.
        count: how many parts, at most.
        ends_at: the processor time of this process after which no more is decoded.
        seconds: how far the video was searched; final when `sharpest` has ended.
    """

    video: OpenVideo
    count: int
    ends_at: float
    seconds: float = 0.0
    _length: float = 0.0
    _keys: list[int] = field(default_factory=list)
    _frames: int = 0

    def sharpest(self) -> Iterator[list[SharpFrame]]:
        """For each part in turn, its sharpest frames, which are at least a fifth of a second apart."""
        self._read_times()
        self.count = max(1, min(self.count, round(self._length)))
        self.seconds = self._length
        found: list[SharpFrame] = []
        part = 0
        for frame, at in self._decoded(*self._starts()):
            following = max(part, self._part_of(at))  # a hostile video goes back and forth
            if following != part and found:
                yield found
                found = []
                gc.collect()  # a frame whose side data was read is in a cycle, and has 12 MB in 4K
            part = following
            _keep(found, SharpFrame(at, measure_frame(frame, _FINE_SIDE)[1], frame, self.video))
        if found:
            yield found

    def _part_of(self, at: float) -> int:
        return min(int(at * self.count / max(self._length, 1e-6)), self.count - 1)

    def _read_times(self) -> None:
        for packet in self._packets():
            shown = _shown(packet)
            self._frames += 1
            self._length = max(self._length, self._seconds(shown) + float((packet.duration or 0) * self._base))
            if packet.is_keyframe:
                self._keys.append(shown)
        self._keys.sort()

    def _starts(self) -> tuple[list[int], float]:
        """The frames from which on to decode, all coded alone, and for how many seconds each."""
        context = self.video.stream.codec_context
        size = max(1, context.width * context.height)
        if len(self._keys) < self.count and self._frames * size <= _MOST_PIXELS:
            return self._keys, float("inf")
        self.count = max(1, min(self.count, len(self._keys)))
        best: dict[int, tuple[float, int]] = {}
        for frame, at in self._decoded(self._compared(size), 0.0):
            part = self._part_of(at)
            detail = measure_frame(frame, _KEY_SIDE)[1]
            if part not in best or detail > best[part][0]:
                best[part] = detail, frame.pts or 0
        frames = _MOST_PIXELS / (size * self.count)
        look = min(_LOOK_SECONDS, frames / float(self.video.stream.average_rate or _USUAL_RATE))
        return sorted(start for _, start in best.values()), look

    def _compared(self, size: int) -> list[int]:
        """Frames that are coded alone, spread over the video, as many as may be decoded."""
        most = max(self.count, min(_MOST_KEYS, _MOST_KEY_PIXELS // size))
        return self._keys[:: max(1, -(-len(self._keys) // most))]

    def _decoded(self, starts: Sequence[int], look: float) -> Iterator[tuple[VideoFrame, float]]:
        """From each start the frames of `look` seconds, with their times, until the processor time is used up."""
        wanted = set(starts)
        is_decoding = False
        until = float("-inf")
        for packet in self._packets():
            if packet.is_keyframe and _shown(packet) in wanted:
                is_decoding = True
                until = self._seconds(_shown(packet)) + look
            elif is_decoding and (look == 0 or self._seconds(_decoded_at(packet)) > until):
                yield from self._rest(starts, look)
                is_decoding = False
            if is_decoding:
                yield from self._within(starts, look, packet.decode())
                if time.process_time() > self.ends_at:
                    self.seconds = self._seconds(_shown(packet))
                    return
        if is_decoding:
            yield from self._rest(starts, look)

    def _rest(self, starts: Sequence[int], look: float) -> list[tuple[VideoFrame, float]]:
        """The frames that the decoder has kept back. It can go on with another part then."""
        context = self.video.stream.codec_context
        frames = self._within(starts, look, context.decode(None))
        context.flush_buffers()
        return frames

    def _within(
        self, starts: Sequence[int], look: float, frames: Sequence[VideoFrame]
    ) -> list[tuple[VideoFrame, float]]:
        """Those of the frames that follow a start soon enough. Others are decoded only because these need them."""
        found = []
        for frame in frames:
            shown = frame.pts or 0
            place = bisect_right(starts, shown)
            if place and float((shown - starts[place - 1]) * self._base) <= look:
                found.append((frame, self._seconds(shown)))
        return found

    def _packets(self) -> Iterator[Packet[Any]]:
        self.video.container.seek(0)
        self.video.stream.codec_context.flush_buffers()
        for packet in self.video.container.demux(self.video.stream):
            if packet.size:
                yield packet

    def _seconds(self, stamp: int) -> float:
        """Since the start of the video."""
        return float((stamp - (self.video.stream.start_time or 0)) * self._base)

    @property
    def _base(self) -> Fraction:
        return self.video.stream.time_base or Fraction(0)


def _shown(packet: Packet[Any]) -> int:
    """When its frame is shown, in units of the stream."""
    return packet.pts if packet.pts is not None else packet.dts or 0


def _decoded_at(packet: Packet[Any]) -> int:
    """When it is decoded, in units of the stream. Packets come in this order."""
    return packet.dts if packet.dts is not None else packet.pts or 0


def _keep(found: list[SharpFrame], frame: SharpFrame) -> None:
    """Add a frame to the few sharpest, of those that are close in time only the sharper."""
    if found and frame.at - found[-1].at < _LEAST_GAP:
        if frame.detail > found[-1].detail:
            found[-1] = frame
        return
    found.append(frame)
    if len(found) > _FRAMES_OF_PART:
        found.remove(min(found, key=lambda one: one.detail))
