"""Colours named by numbers: code points for primaries and transfer (ITU-T H.273), as PNG, HEIC, AVIF and ICC have them.

Which counts where a file has both these and an ICC profile: in PNG these (PNG-3, section 4.3), in HEIC and AVIF the
profile, as libheif and libavif have it. What the coded pixels of AVIF say of their colours does not count (ISO/IEC
23000-22, section 7.3.6.4).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from worker.analysis.files.heif_properties import Properties
from worker.analysis.files.matrix_profiles import MatrixConversion, profile_tags

PQ, HLG = 16, 18
_BT709, _BT2020 = 1, 9
_LINEAR = 8
_GAMMAS = {4: 2.2, 5: 2.8}
# x and y of red, green and blue (H.273, table 2). The white of all of them is D65.
_CHROMATICITIES = {
    _BT709: (0.640, 0.330, 0.300, 0.600, 0.150, 0.060),
    5: (0.640, 0.330, 0.290, 0.600, 0.150, 0.060),
    6: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    _BT2020: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
_D65 = (0.3127, 0.3290)


@dataclass(frozen=True)
class Cicp:
    """The code points of a picture."""

    primaries: int
    transfer: int

    @property
    def is_hdr(self) -> bool:
        """Whether the picture is brighter than white in places, by PQ or HLG."""
        return self.transfer in (PQ, HLG)

    def matrix(self) -> NDArray[np.float32]:
        """From linear light of these primaries to that of sRGB, (3, 3). Unknown primaries count as those of sRGB."""
        return np.linalg.solve(_to_xyz(_BT709), _to_xyz(self.primaries)).astype(np.float32)


def cicp_of_profile(profile: bytes | None) -> Cicp | None:
    """The code points in an ICC profile (ICC.1:2022, section 9.2.17); None if it has none."""
    for name, tag in profile_tags(profile or b""):
        if name == b"cicp" and tag[:4] == b"cicp" and len(tag) >= 12:
            return Cicp(tag[8], tag[9])
    return None


def cicp_of_heif(properties: Properties) -> Cicp | None:
    """The code points of a picture of HEIC or AVIF; None if it has none, or a profile, which counts more."""
    colours = [content for kind, content in properties if kind == b"colr"]
    if any(content[:4] in (b"prof", b"rICC") for content in colours):
        return None
    found = next((content for content in colours if content[:4] == b"nclx" and len(content) >= 11), None)
    return Cicp(*struct.unpack_from(">HH", found, 4)) if found else None


@lru_cache(maxsize=16)
def sdr_conversion(cicp: Cicp) -> MatrixConversion | None:
    """The conversion to sRGB of a picture that is no brighter than white; None if it is as sRGB already.

    The transfers of television (1, 6, 14, 15) count as that of sRGB: both are meant for much the same screens.
    """
    if cicp.transfer not in (_LINEAR, *_GAMMAS) and cicp.primaries not in set(_CHROMATICITIES) - {_BT709}:
        return None
    level = np.arange(256) / 255
    if cicp.transfer == _LINEAR:
        light = level
    elif cicp.transfer in _GAMMAS:
        light = level ** _GAMMAS[cicp.transfer]
    else:
        light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    return MatrixConversion(np.rint(light * 65535).astype(np.uint16), cicp.matrix())


def _to_xyz(primaries: int) -> NDArray[np.float64]:
    """From linear light of these primaries to XYZ (SMPTE RP 177)."""
    values = _CHROMATICITIES.get(primaries, _CHROMATICITIES[_BT709])
    columns = np.array([_xyz(*values[place : place + 2]) for place in (0, 2, 4)]).T
    return np.asarray(columns * np.linalg.solve(columns, _xyz(*_D65)))


def _xyz(x: float, y: float) -> NDArray[np.float64]:
    return np.array([x / y, 1.0, (1 - x - y) / y])
