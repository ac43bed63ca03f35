"""The content policy: what a page of ours may run, load and talk to. Worked out for the name a browser came by.

What the framework needs was tried in a browser on every page: its one inline script, known by its hash; `blob:`, from
which it loads the few lines that fetch our components; inline styles, which its library writes at run time; and a font
in its style sheet. It needs no `eval`. Sockets are bound to this server by name, because older browsers do not count
them to `'self'`.
"""

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from streamlit.file_util import get_static_dir

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?")
"""A name or an IPv4 address with its port, as a policy can hold it; one in brackets it cannot."""


@lru_cache(maxsize=64)
def policy(host: str) -> bytes:
    """The policy for pages that were asked for under `host` (`192.0.2.7:8501`)."""
    sockets = f" ws://{host} wss://{host}" if _NAME.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {_hashes()}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    ).encode()


@cache
def _hashes() -> str:
    """Of the inline scripts that stand in the installed framework's page."""
    page = Path(get_static_dir(), "index.html").read_text("utf-8")
    digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
