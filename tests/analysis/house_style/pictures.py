"""Files as people send them."""

import io
from typing import Any

from PIL import Image

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file_of(kind: str = "PNG", *, mode: str = "RGBA", size: tuple[int, int] = (90, 26), **said: Any) -> bytes:
    """A picture as a drawing program saves it."""
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **said)
    return target.getvalue()
