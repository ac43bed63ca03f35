"""One server for one data folder: two of them would each tell their visitors only half of what happens."""

import os
import sys
from pathlib import Path
from types import TracebackType

from facilitation.store import FolderTaken

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        # Windows forbids others to read a locked byte, so the lock lies far behind the number they want to read.
        os.lseek(file, 4096, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE = "server.lock"


class FolderLock:
    """Held from creation to `release()` or the end of the process, however that comes: the system lets go of it.

    Raises `FolderTaken` with the number of the process that holds it. A folder that cannot be written needs no lock
    (`held` is False): nobody can write there.
    """

    def __init__(self, folder: Path) -> None:
        self.held = False
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT)
        except OSError:
            return
        try:
            _lock(self._file)
        except OSError as taken:
            os.close(self._file)
            raise FolderTaken(folder=str(folder), process=path.read_text("ascii").strip()) from taken
        self.held = True
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let go; a second call does nothing. The file stays: removing it would race with the next holder."""
        if self.held:
            self.held = False
            os.close(self._file)

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
