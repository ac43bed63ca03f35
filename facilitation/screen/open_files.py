"""How many files and sockets this process may hold open: as many as the machine gives, asked for at the start."""

import contextlib

try:
    import resource
except ImportError:  # Windows, where nothing counts them
    resource = None  # type: ignore[assignment]

WANTED = (65_536, 10_240)
"""The first that the machine grants is taken: macOS refuses more than `kern.maxfilesperproc` (10,240 at the least)."""


def ask_for_files() -> None:
    """A tablet takes six or seven: two lines that listen, one or more that fetch, three of the framework's session,
    which stay after it has gone (128 sessions, an hour). A shell hands on 256 (macOS) or 1,024 (Linux, systemd): above
    it nobody new comes in, and nothing can be read. It is never lowered; where it may not be raised it stays."""
    if resource is None:
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in WANTED:
        granted = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        if now == resource.RLIM_INFINITY or now >= granted:
            return
        with contextlib.suppress(OSError, ValueError):
            return resource.setrlimit(resource.RLIMIT_NOFILE, (granted, most))
