"""The bytes of one request: when they are complete, and how long they may take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.server.receiving import (
    BODY_SECONDS,
    BYTES_PER_SECOND,
    HEAD_BYTES,
    HEAD_SECONDS,
    Head,
    HeadTooLarge,
    IncomingRequest,
)

HEAD = b"PUT /files/abc?x=1 HTTP/1.1\r\nHost: a\r\ncontent-length:  5 \r\n\r\n"


def incoming(limit: int = 100) -> closing[IncomingRequest]:
    return closing(IncomingRequest(lambda _head: limit))


def all_of(request: IncomingRequest) -> bytes:
    request.rewind()
    return b"".join(iter(lambda: request.recv(7), b""))


@given(cuts=st.lists(st.integers(0, len(HEAD) + 8), max_size=6))
def test_it_is_the_same_in_any_pieces(cuts: list[int]) -> None:
    data = HEAD + b"12345GET"
    with incoming() as request:

        def pieces() -> Iterator[bytes]:
            ends = [*sorted(cuts), len(data)]
            yield from (data[start:end] for start, end in zip([0, *ends], ends, strict=False) if start < end)

        rest = b""
        for piece in pieces():
            if request.is_complete:
                rest += piece
            else:
                # The worker reads no more than there is room for.
                taken = piece[: request.room]
                request.feed(taken, 0.0)
                rest += piece[len(taken) :]

        assert request.head == Head("PUT", "/files/abc?x=1", 5)
        assert request.is_complete
        assert not request.is_cut
        assert all_of(request) == HEAD + b"12345"
        assert request.leftover + rest == b"GET"


def test_a_body_over_the_limit_is_cut() -> None:
    with incoming(limit=3) as request:
        request.feed(HEAD + b"12345", 0.0)

        assert request.is_complete
        assert request.is_cut
        assert all_of(request) == HEAD + b"123"


def test_nobody_waits_for_a_body_in_chunks() -> None:
    with incoming() as request:
        request.feed(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5", 0.0)

        assert request.is_complete
        assert request.is_cut


def test_a_long_body_is_not_kept_in_memory() -> None:
    with incoming(limit=10**9) as request:
        request.feed(b"PUT / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n", 0.0)
        request.feed(bytes(500_000), 0.0)

        assert request._file._rolled  # type: ignore[attr-defined]
        assert not request.is_complete


def test_headers_have_a_size() -> None:
    with incoming() as request, pytest.raises(HeadTooLarge):
        request.feed(b"x" * (HEAD_BYTES + 1), 0.0)


def test_headers_have_a_deadline_from_their_first_byte() -> None:
    with incoming() as request:
        assert request.deadline == float("inf")

        request.feed(b"G", 1000.0)
        request.feed(b"ET", 1010.0)

        assert request.deadline == 1000.0 + HEAD_SECONDS


def test_a_body_has_a_minimum_rate() -> None:
    with incoming(limit=10**9) as request:
        request.feed(b"PUT / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n", 1000.0)
        slow, mobile = 10, 16 * 1024

        def ends(rate: int) -> bool:
            """Whether a client that sends so many bytes a second reaches the deadline in two minutes."""
            return BODY_SECONDS + 120 * rate / BYTES_PER_SECOND < 120

        assert request.deadline == pytest.approx(1000.0 + BODY_SECONDS, abs=1)
        assert ends(slow)
        assert not ends(mobile)
