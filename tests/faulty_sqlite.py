"""SQLite's own way to its files, with every call counted and any one of them failing.

SQLite reaches the disk through a table of functions (a VFS), which is made to be replaced: one of ours, registered as
the default, calls the real one's and, when it is told to, gives back the error code that the real one gives when the
system's call fails. All that SQLite then does, it does itself. Needs no compiler and no rights: ctypes finds the
functions in the very library that Python's sqlite3 uses, where Python was not built with it inside.
"""

import _sqlite3
import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Hook = Callable[[str], int]
"""Told which call is about to be made; 0 lets it be made, any other number is SQLite's code of the failure."""
CODES = {
    "open": 14,  # SQLITE_CANTOPEN
    "read": 10 | 1 << 8,  # SQLITE_IOERR_READ
    "write": 10 | 3 << 8,  # SQLITE_IOERR_WRITE
    "full": 13,  # SQLITE_FULL: what a write gives back on a full disk
    "sync": 10 | 4 << 8,  # SQLITE_IOERR_FSYNC
    "truncate": 10 | 6 << 8,  # SQLITE_IOERR_TRUNCATE
    "delete": 10 | 10 << 8,  # SQLITE_IOERR_DELETE
}
P, INT, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong


class Vfs(ctypes.Structure):
    """sqlite3_vfs of version 3."""

    _fields_ = [
        *(("version", INT), ("file_size", INT), ("longest_path", INT), ("next", P), ("name", ctypes.c_char_p)),
        *((name, P) for name in ("data", "open", "delete", "access", "full_path", "dl_open", "dl_error", "dl_sym")),
        *((name, P) for name in ("dl_close", "randomness", "sleep", "time", "last_error", "time_64")),
        *((name, P) for name in ("set_call", "get_call", "next_call")),
    ]


class Methods(ctypes.Structure):
    """sqlite3_io_methods of version 3."""

    _fields_ = [
        ("version", INT),
        *((name, P) for name in ("close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved")),
        *(
            (name, P)
            for name in ("control", "sector", "traits", "map", "shm_lock", "barrier", "unmap", "fetch", "unfetch")
        ),
    ]


OPEN = ctypes.CFUNCTYPE(INT, P, P, P, INT, P)
CALLS = {
    "delete": ctypes.CFUNCTYPE(INT, P, P, INT),
    "read": ctypes.CFUNCTYPE(INT, P, P, INT, LONG),
    "write": ctypes.CFUNCTYPE(INT, P, P, INT, LONG),
    "truncate": ctypes.CFUNCTYPE(INT, P, LONG),
    "sync": ctypes.CFUNCTYPE(INT, P, INT),
}


def library() -> ctypes.CDLL | None:
    """The SQLite that Python's sqlite3 uses; None where it can't be reached."""
    try:
        found = ctypes.CDLL(_sqlite3.__file__)
        found.sqlite3_vfs_find.restype = P
        found.sqlite3_vfs_register.argtypes = [P, INT]
        found.sqlite3_vfs_unregister.argtypes = [P]
    except (AttributeError, OSError):
        return None
    return found


@contextmanager
def hooked(hook: Hook) -> Iterator[None]:
    """Every connection that is opened meanwhile tells `hook` of its calls."""
    sqlite = library()
    assert sqlite is not None
    real_at = sqlite.sqlite3_vfs_find(None)
    real = Vfs.from_address(real_at)
    ours = Vfs.from_buffer_copy(real)
    kept: list[Any] = []  # what C holds pointers to
    tables: dict[int, Methods] = {}

    def counted(name: str, address: int) -> int:
        call = CALLS[name](address)

        def instead(*arguments: Any) -> int:
            return hook(name) or call(*arguments)

        kept.append(CALLS[name](instead))
        return ctypes.cast(kept[-1], P).value or 0

    def opened(_: int, path: int, file: int, flags: int, given: int) -> int:
        code = hook("open") or OPEN(real.open)(real_at, path, file, flags, given)
        methods = P.from_address(file)
        if code == 0 and methods.value:
            if methods.value not in tables:
                table = Methods.from_buffer_copy(Methods.from_address(methods.value))
                for name in ("read", "write", "truncate", "sync"):
                    setattr(table, name, counted(name, getattr(table, name)))
                tables[methods.value] = table
            methods.value = ctypes.addressof(tables[methods.value])
        elif code:
            methods.value = None  # SQLite must not close what was not opened
        return code

    kept.append(OPEN(opened))
    ours.open = ctypes.cast(kept[-1], P).value
    ours.delete = counted("delete", real.delete)
    ours.name = b"faulty"
    sqlite.sqlite3_vfs_register(ctypes.addressof(ours), 1)
    try:
        yield
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.addressof(ours))
        sqlite.sqlite3_vfs_register(real_at, 1)


class FailsAt:
    """A hook by which the call number `at` of one kind fails, and where `lasting` all of its kind after it too.
    `failed`: whether it has come to that."""

    def __init__(self, kind: str, at: int, lasting: bool = False) -> None:
        self.call, self.code = "write" if kind == "full" else kind, CODES[kind]
        self.at, self.lasting, self.failed = at, lasting, False
        self.seen = Counter[str]()

    def __call__(self, call: str) -> int:
        self.seen[call] += 1
        if call != self.call or self.seen[call] < self.at or (self.seen[call] > self.at and not self.lasting):
            return 0
        self.failed = True
        return self.code
