"""The built scripts, styles and fonts: read once, sent compressed as the browser likes, kept by it for as long as their name stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A built file with its compressed copies."""

    content: bytes
    media_type: str
    encoded: Mapping[str, bytes] = field(default_factory=dict)
    """By content coding, the smallest first."""

    def response(self, request: Request, *, cache: str) -> Response:
        """Send it, or say that the browser has it already."""
        tag = f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'
        headers = {"Cache-Control": cache, "ETag": tag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        for coding, content in self.encoded.items():
            if coding in accepted:
                return Response(content, media_type=self.media_type, headers={**headers, "Content-Encoding": coding})
        return Response(self.content, media_type=self.media_type, headers=headers)


class Assets:
    """What `npm run build` made."""

    def __init__(self, folder: Path) -> None:
        self._names: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self._assets = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in TYPES}

    def address(self, name: str) -> str:
        """Where a file is served; holds a hash of its content."""
        return f"/assets/{self._names[name]}"

    def find(self, file: str) -> Asset | None:
        """The asset with this file name."""
        return self._assets.get(file)


def _read(path: Path) -> Asset:
    copies = {"br": path.with_name(f"{path.name}.br"), "gzip": path.with_name(f"{path.name}.gz")}
    return Asset(
        content=path.read_bytes(),
        media_type=TYPES[path.suffix],
        encoded={coding: copy.read_bytes() for coding, copy in copies.items() if copy.exists()},
    )
