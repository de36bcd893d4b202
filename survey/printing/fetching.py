"""What a document may be printed with: built fonts and styles, its own drawings and pictures, and nothing else."""

import re
from collections.abc import Mapping
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A name that can stand for no machine: what is asked for under it is read from the folder of built assets.
BASE_URL = "https://assets.invalid/"
ASSET = re.compile(r"(?:fonts/[a-z0-9][a-z0-9-]*\.woff2|[a-z]+\.css)")
CONTENT_TYPES = {
    ".woff2": "font/woff2",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpeg": "image/jpeg",
}
NO_DRAWINGS: Mapping[str, bytes] = {}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers for packaged assets and the document's own pictures by name; anything else stops the printing, unread."""

    def __init__(self, folder: Path, drawings: Mapping[str, bytes] = NO_DRAWINGS) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._folder, self._drawings = folder, drawings

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what stands under this address; no other address is opened."""
        name = url.removeprefix(BASE_URL)
        is_drawing = name in self._drawings
        if not url.startswith(BASE_URL) or not (is_drawing or ASSET.fullmatch(name)):
            raise FatalURLFetchingError(f"A document is printed from packaged assets alone; it asked for {url}.")
        path = self._folder / name
        content = self._drawings[name] if is_drawing else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": CONTENT_TYPES[path.suffix]})
