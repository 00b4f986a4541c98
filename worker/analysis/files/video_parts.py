"""Finds the sharpest frames of each part of a video, in bounded time and memory.

The video is read three times from memory, which is cheap; what is decoded is little. First come the times of the frames
that are coded alone. Where they are dense, those are decoded, and what follows the sharpest one of each part. A short
video in which they are rare is decoded whole.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from av import Packet, VideoFrame

from worker.analysis.files.colour import Pixels
from worker.analysis.files.picture import Picture
from worker.analysis.files.pixels import upright_srgb
from worker.analysis.files.video import OpenVideo
from worker.analysis.files.video_frames import measure_frame

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
_SAME = 0.001  # seconds, by which the times of a packet and of its frame may differ
Span = tuple[float, float]


@dataclass(frozen=True)
class SharpFrame:
    """A frame among the sharpest of its part. `at` is in seconds since the start, `detail` an energy of gradients."""

    at: float
    detail: float
    picture: Picture

    def upright(self, side: int | None = None) -> Pixels:
        """The frame as people see it, (height, width, 3) uint8 sRGB, at full size or with this longest side."""
        return upright_srgb(self.picture, side or max(self.picture.size))


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
    _keys: list[float] = field(default_factory=list)
    _frames: int = 0

    def sharpest(self) -> Iterator[list[SharpFrame]]:
        """For each part in turn, its sharpest frames, which are at least a fifth of a second apart."""
        self._read_times()
        self.count = max(1, min(self.count, round(self._length)))
        spans = self._spans()
        self.seconds = self._length
        found: list[SharpFrame] = []
        part = 0
        for frame, at in self._decoded(spans):
            following = self._part_of(at)
            if following != part and found:
                yield found
                found = []
            part = following
            _keep(found, SharpFrame(at, measure_frame(frame, _FINE_SIDE)[1], self.video.picture(frame)))
        if found:
            yield found

    def _part_of(self, at: float) -> int:
        return min(int(at * self.count / max(self._length, 1e-6)), self.count - 1)

    def _read_times(self) -> None:
        for packet in self._packets():
            at = self._time_of(packet)
            self._frames += 1
            self._length = max(self._length, at + float((packet.duration or 0) * (packet.time_base or 0)))
            if packet.is_keyframe:
                self._keys.append(at)

    def _spans(self) -> list[Span]:
        """What to decode: from the time of a frame that is coded alone until before another time."""
        context = self.video.stream.codec_context
        size = max(1, context.width * context.height)
        if len(self._keys) < self.count and self._frames * size <= _MOST_PIXELS:
            return [(float("-inf"), float("inf"))]
        self.count = max(1, min(self.count, len(self._keys)))
        frames = _MOST_PIXELS / (size * self.count)
        look = min(_LOOK_SECONDS, frames / float(self.video.stream.average_rate or _USUAL_RATE))
        best: dict[int, tuple[float, float]] = {}
        for at, detail in self._key_details():
            part = self._part_of(at)
            if part not in best or detail > best[part][1]:
                best[part] = at, detail
        return [(at, at + look) for at, _ in sorted(best.values())]

    def _key_details(self) -> list[tuple[float, float]]:
        """Time and detail of frames that are coded alone, spread over the video."""
        context = self.video.stream.codec_context
        most = max(self.count, min(_MOST_KEYS, _MOST_KEY_PIXELS // max(1, context.width * context.height)))
        step = max(1, -(-len(self._keys) // most))
        wanted = set(sorted(self._keys)[::step])
        spans = [(at, at) for at in sorted(wanted)]
        return [(at, measure_frame(frame, _KEY_SIDE)[1]) for frame, at in self._decoded(spans)]

    def _decoded(self, spans: Sequence[Span]) -> Iterator[tuple[VideoFrame, float]]:
        """The frames within the spans, each with its time, until the processor time is used up."""
        waiting = list(spans)
        span: Span | None = None
        is_begun = False
        for packet in self._packets():
            at = self._time_of(packet)
            decodes_at = self._decoding_time_of(packet)
            if span is not None and decodes_at > span[1]:
                yield from self._rest(span)
                span = None
            if span is None and waiting and at >= waiting[0][0] and (packet.is_keyframe or not is_begun):
                span = waiting.pop(0)
                while waiting and waiting[0][0] <= at:
                    waiting.pop(0)
            if span is None:
                continue
            is_begun = True
            yield from self._within(span, packet.decode())
            if time.process_time() > self.ends_at:
                self.seconds = at
                return
        if span is not None:
            yield from self._rest(span)

    def _rest(self, span: Span) -> list[tuple[VideoFrame, float]]:
        """The frames that the decoder has kept back. It can go on with another part then."""
        context = self.video.stream.codec_context
        frames = self._within(span, context.decode(None))
        context.flush_buffers()
        return frames

    def _within(self, span: Span, frames: Sequence[VideoFrame]) -> list[tuple[VideoFrame, float]]:
        # Frames that come after the last packet have times, but no base for them.
        base = float(self.video.stream.time_base or 0)
        timed = [(frame, (frame.pts or 0) * base - self._start) for frame in frames]
        return [(frame, at) for frame, at in timed if span[0] - _SAME <= at <= span[1] + _SAME]

    def _packets(self) -> Iterator[Packet[Any]]:
        self.video.container.seek(0)
        self.video.stream.codec_context.flush_buffers()
        for packet in self.video.container.demux(self.video.stream):
            if packet.size:
                yield packet

    def _time_of(self, packet: Packet[Any]) -> float:
        """When its frame is shown, in seconds since the start."""
        return self._seconds_of(packet.pts if packet.pts is not None else packet.dts, packet)

    def _decoding_time_of(self, packet: Packet[Any]) -> float:
        return self._seconds_of(packet.dts if packet.dts is not None else packet.pts, packet)

    def _seconds_of(self, stamp: int | None, packet: Packet[Any]) -> float:
        return float((stamp or 0) * (packet.time_base or 0)) - self._start

    @property
    def _start(self) -> float:
        stream = self.video.stream
        return float((stream.start_time or 0) * (stream.time_base or 0))


def _keep(found: list[SharpFrame], frame: SharpFrame) -> None:
    """Add a frame to the few sharpest, of those that are close in time only the sharper."""
    if found and frame.at - found[-1].at < _LEAST_GAP:
        if frame.detail > found[-1].detail:
            found[-1] = frame
        return
    found.append(frame)
    if len(found) > _FRAMES_OF_PART:
        found.remove(min(found, key=lambda one: one.detail))
