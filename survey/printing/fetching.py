"""What a document may be printed with: the fonts and styles that were built with the product, and nothing else."""

import re
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A name that can stand for no machine: what is asked for under it is read from the folder of built assets.
BASE_URL = "https://assets.invalid/"
ASSET = re.compile(r"(?:fonts/[a-z0-9][a-z0-9-]*\.woff2|[a-z]+\.css)")
CONTENT_TYPES = {".woff2": "font/woff2", ".css": "text/css"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers for packaged assets by name; anything else stops the printing, unread."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the asset of this address; no other address is opened."""
        name = url.removeprefix(BASE_URL)
        if not url.startswith(BASE_URL) or not ASSET.fullmatch(name):
            raise FatalURLFetchingError(f"A document is printed from packaged assets alone; it asked for {url}.")
        path = self._folder / name
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES[path.suffix]})
