"""What runs in the confined process: a picture is decoded, brought to an ordinary form, and written anew.

What a file holds beside the picture (places, names, colour profiles, further pictures) is left behind.
"""

import io
import json
import warnings
from collections.abc import Callable

from PIL import Image, ImageFile, ImageOps

from accounts.refusals import Refusal

MOST_PIXELS = 16_000_000
WIDEST = 2000  # pixels on the longer side of what is kept: 17 cm at 300 dots an inch
FORMATS = ("PNG", "JPEG")
GREY = ("L", "1")
SMALLER = (
    f"Make it smaller: {MOST_PIXELS // 1_000_000} million pixels at most, and {WIDEST:,} on its longer side are enough"
)
START = 1024  # bytes in which a file says what it is
AFTER = b"\n"
NO_PICTURE = "The file is damaged, or no picture at all. Open it in a drawing program and save it as PNG or JPEG"
SVG = (
    "This is an SVG. One can hold scripts and addresses of other files, so none is taken. Open it in a drawing program "
    "and export it as PNG, 1,000 pixels wide or more"
)
OTHERS = {
    b"GIF8": "This is a GIF. Save the picture as PNG or JPEG",
    b"RIFF": "This is a WebP picture. Save it as PNG or JPEG",
    b"%PDF": "This is a PDF document. Export the picture from it as PNG",
    b"BM": "This is a bitmap (BMP). Save the picture as PNG",
    b"II*\x00": "This is a TIFF. Save the picture as PNG or JPEG",
    b"MM\x00*": "This is a TIFF. Save the picture as PNG or JPEG",
}


class NoPicture(Refusal):
    """The file is none that can be shown."""

    title = "The picture cannot be used"


def read_picture(content: bytes, _tell: Callable[[str, int, int], None]) -> bytes:
    """Return what the picture is (a line of JSON) and, after it, the picture written anew; NoPicture says why not."""
    _refuse_others(content)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # libraries that print allow them; half a picture is none
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # pixels are counted here, before any is decoded
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            _refuse_large(found)
            kind = found.format or "PNG"
            made = _ordinary(found)
    except NoPicture:
        raise
    except Image.DecompressionBombError as error:
        raise NoPicture(f"The picture has far too many pixels. {SMALLER}") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture(NO_PICTURE) from error
    return _written(made, "PNG" if kind == "PNG" else "JPEG")


def _refuse_others(content: bytes) -> None:
    start = content[:START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<svg" in start.lower() or start.startswith(b"\x1f\x8b"):
        raise NoPicture(SVG)
    for mark, why in OTHERS.items():
        if start.startswith(mark):
            raise NoPicture(why)


def _refuse_large(found: Image.Image) -> None:
    if found.width * found.height > MOST_PIXELS:
        raise NoPicture(f"The picture has {found.width:,} × {found.height:,} pixels. {SMALLER}")


def _ordinary(found: Image.Image) -> Image.Image:
    """The first picture of the file, upright, in grey or colours of eight bits, no larger than is kept."""
    found.load()
    upright = ImageOps.exif_transpose(found)
    if upright.mode.startswith("I"):  # sixteen bits: cut to the upper eight
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_holes = "A" in upright.getbands() or "transparency" in upright.info
    made = upright.convert("RGBA" if has_holes else "L" if upright.mode in GREY else "RGB")
    made.thumbnail((WIDEST, WIDEST))
    return made


def _written(made: Image.Image, kind: str) -> bytes:
    """The same bytes for the same pixels; a new image carries nothing of the file it came from."""
    clean = Image.frombytes(made.mode, made.size, made.tobytes())
    target = io.BytesIO()
    if kind == "PNG":
        clean.save(target, "PNG", optimize=True)
    else:
        clean.save(target, "JPEG", quality=90, optimize=True)
    about = {"kind": kind.lower(), "width": clean.width, "height": clean.height}
    return json.dumps(about).encode() + AFTER + target.getvalue()
