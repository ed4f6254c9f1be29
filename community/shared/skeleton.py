"""A page made once and sent many times: only a respondent's ticket differs, so only the ticket is written anew.

A gzip stream may be put together from pieces: what stands before the ticket and what stands after it are compressed
once; the ticket goes between them as a stored block (RFC 1951, 3.2.4), and the checksum is carried on over it.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from dataclasses import dataclass

PLACEHOLDER = f"@@{secrets.token_hex(8)}@@"
"""Where the ticket goes. Drawn anew in each process, so that nobody can write it into a page."""
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Skeleton:
    """A page in two halves, plain and as pieces of a gzip stream."""

    before: bytes
    after: bytes
    packed_before: bytes
    packed_after: bytes
    checksum_before: int

    def plain(self, ticket: str) -> bytes:
        return self.before + ticket.encode() + self.after

    def gzipped(self, ticket: str) -> bytes:
        middle = ticket.encode()
        stored = struct.pack("<BHH", 0, len(middle), len(middle) ^ 0xFFFF) + middle
        checksum = zlib.crc32(self.after, zlib.crc32(middle, self.checksum_before))
        length = len(self.before) + len(middle) + len(self.after)
        trailer = struct.pack("<II", checksum, length & 0xFFFFFFFF)
        return b"".join((_GZIP_HEADER, self.packed_before, stored, self.packed_after, trailer))


def skeleton(html: str) -> Skeleton:
    """A rendered page that holds the placeholder exactly once, cut at it. Raises ValueError otherwise."""
    before, *rest = html.split(PLACEHOLDER)
    if len(rest) != 1:
        raise ValueError(f"a page holds {len(rest)} tickets, not one")
    first, last = before.encode(), rest[0].encode()
    return Skeleton(first, last, _pack(first, zlib.Z_FULL_FLUSH), _pack(last, zlib.Z_FINISH), zlib.crc32(first))


def _pack(text: bytes, how: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush(how)
