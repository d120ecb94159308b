"""Run programs so that each prints what ``python -u FILE`` would print.

The interpreter under test runs this file, and it need not have the Taskbook
installed: nothing here imports a neighbour, only the standard library.

    python -u child.py serve JOBS_FD FOLDER AT_ONCE APART   a fork for each job
    python -u child.py run PROGRAM WORK                     become PROGRAM
    python -u child.py describe                             say which Python this is

``serve`` reads jobs from the file descriptor JOBS_FD, one JSON object a line,
and answers on standard output with the job's name when it has ended::

    {"name": "7", "program": "two_tasks.py", "limit": 20.0,
     "output": 100000, "memory": 1073741824}

FOLDER/7/program/two_tasks.py is the program, FOLDER/7/work the empty folder it
runs in; FOLDER/7/result.json holds, afterwards, what came of it. Three
processes take part: the *server* imports what asyncio programs import and then
only forks; a *supervisor* for each job enforces the limits and leaves no
process behind; the *child* returns from every function of this file and becomes
the program, so that the interpreter ends it exactly as it ends any program.
"""

# What any script finds in its namespace before its first line; it differs by version.
# From 3.14 on, an annotated variable at the top of this file would add to it.
SCRIPT = dict(globals())

import sys

BARE = frozenset(sys.modules)

import importlib.machinery
import ipaddress
import json
import os
import select
import signal
import time
import types
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

try:
    import fcntl
    import resource
except ImportError:  # Windows
    pass

# The report channel of a child: far above the numbers that a program is
# given for its own files and sockets, because those numbers are printed.
REPORT_FD = 200

# Seconds that a supervisor may take beyond its job's limit. A program that
# stopped it would otherwise hold the builder for ever.
SUPERVISED = 10

Job = dict[str, Any]
"""What the builder asks for, see above."""


def linux_call(name: str, *arguments: int | bytes | None) -> None:
    """Call a function of the C library.

    Raises:
        OSError: the call returned a negative number.
    """
    import ctypes  # not at the top: it may hold a descriptor, whose number a program would miss

    library = ctypes.CDLL(None, use_errno=True)
    longs = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    if getattr(library, name)(*longs) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def end_with_parent() -> None:
    """Have the kernel end this process when the one that forked it ends."""
    if sys.platform == "linux":
        linux_call("prctl", 1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def adopt_orphans() -> None:
    """Become the parent of every descendant that loses its own."""
    if sys.platform == "linux":
        linux_call("prctl", 36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


# ---------------------------------------------------------------- describe


def describe() -> dict[str, Any]:
    """Everything about this interpreter that can change what a program prints.

    Returns:
        ``version`` ("3.15.2"), ``build`` (:data:`sys.version` and flags),
        ``platform``, ``stdlib`` and ``packages`` (folders), and
        ``distributions`` (name to version).
    """
    import importlib.metadata
    import platform
    import sysconfig

    return {
        "version": platform.python_version(),
        "build": f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sys.version}",
        "platform": platform.platform(),
        "stdlib": sysconfig.get_path("stdlib"),
        "packages": sysconfig.get_path("purelib"),
        "distributions": {
            entry.name.lower(): entry.version for entry in importlib.metadata.distributions() if entry.name
        },
    }


# ---------------------------------------------------------- inside the child

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = {
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (0, 1),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "shutil.rmtree": (0,),
}
"""Audit events that change the file system, and which of their arguments are what they change."""

ADDRESSED = {
    "socket.bind": "bind to",
    "socket.connect": "connect to",
    "socket.sendmsg": "send to",
    "socket.sendto": "send to",
}
RESOLVING = {"socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname"}


def report(sentence: str) -> None:
    """Tell the supervisor what this program was kept from doing."""
    try:
        os.write(REPORT_FD, sentence.encode("utf-8", "replace") + b"\n")
    except OSError:
        pass  # the program closed it; the refusal itself still holds


def refuse(sentence: str) -> NoReturn:
    """Report what the program tried, and keep it from doing it."""
    report(sentence)
    raise PermissionError(sentence)


def parent_of(pid: int | str) -> int:
    """The parent's number, as /proc tells.

    Raises:
        OSError: there is no such process, or no /proc.
    """
    with open(f"/proc/{pid}/stat", "rb") as file:
        return int(file.read().rpartition(b")")[2].split()[1])


def guard(work: str) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that keeps a program to its folder and to loopback.

    It guards against accidents and is no sandbox: a program that means harm
    can get around any audit hook.

    Args:
        work: the only folder the program may write to.
    """
    inside = os.path.realpath(work)
    devices = {os.devnull, "nul"}

    def check_path(path: Any, verb: str) -> None:
        if path is None or isinstance(path, int):
            return
        path = os.fsdecode(path)
        # What is removed or renamed is a link itself, not its target, so the
        # folder it is in decides; what is written to is the target as well.
        parent, name = os.path.split(os.path.abspath(path))
        places = {os.path.join(os.path.realpath(parent), name)}
        if verb == "write to":
            places.add(os.path.realpath(path))
        for place in places:
            if place != inside and not place.startswith(inside + os.sep):
                refuse(f"tried to {verb} {path}, which is outside its working folder")

    def check_host(host: Any, verb: str) -> None:
        if isinstance(host, (bytes, bytearray)):
            host = host.decode("ascii", "replace")
        if not host or host == "localhost":
            return
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
            if address.is_loopback or verb == "look up":
                return  # an address needs no looking up
        except ValueError:
            pass
        refuse(f"tried to {verb} {host}; only this machine's loopback is allowed")

    def check_address(address: Any, verb: str) -> None:
        if isinstance(address, tuple) and isinstance(address[0], str):
            if verb == "bind to" and not address[0]:
                refuse("tried to bind to every address of this machine; 127.0.0.1 is allowed")
            check_host(address[0], verb)
        elif isinstance(address, (str, bytes)) and address[:1] not in ("\0", b"\0"):
            check_path(address, verb)

    def check_process(pid: int) -> None:
        # A program may signal itself and what it started.
        ancestor = pid or os.getpid()
        while ancestor > 1 and ancestor != os.getpid():
            try:
                ancestor = parent_of(ancestor)
            except OSError:
                return
        if ancestor != os.getpid():
            refuse(f"tried to signal process {pid}, which it did not start")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if flags & WRITING and path not in devices:
                check_path(path, "write to")
        elif event in CHANGING:
            for position in CHANGING[event]:
                check_path(arguments[position], "change")
        elif event in ADDRESSED:
            check_address(arguments[1], ADDRESSED[event])
        elif event in RESOLVING:
            check_host(arguments[0], "look up")
        elif event in ("os.kill", "os.killpg"):
            check_process(arguments[0])

    return hook


def inherit_nothing() -> None:
    """Drop what a shell, nohup or a service manager had the builder inherit and pass on."""
    os.umask(0o022)
    if sys.platform == "win32":
        return
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for each in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:  # Python ignores these two
        if signal.getsignal(each) is signal.SIG_IGN:
            signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_DFL)


def shadows(program: str) -> bool:
    """Whether a program is named like a module that is imported already, and that its name would hide."""
    name = os.path.basename(program).removesuffix(".py")
    return name in sys.modules and name not in BARE


def compiles(source: bytes, program: str) -> bool:
    """Whether a program can be compiled; its warnings are left to who compiles it to run it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, program, "exec", dont_inherit=True)
        except Exception:
            return False
    return True


def become(program: str, work: str) -> dict[str, Any]:
    """Prepare this process to be the program, up to running its code.

    Args:
        program: the program's absolute path.
        work: the folder it runs in.

    Returns:
        The namespace of a fresh ``__main__``. No other reference to it may be
        left: what it holds has to vanish when the interpreter ends, as usual.
    """
    os.chdir(work)
    sys.argv = [program]
    sys.orig_argv = [sys.executable, "-u", program]
    sys.path[0] = os.path.dirname(program)
    if shadows(program):
        for warm in sys.modules.keys() - BARE:
            del sys.modules[warm]
    main = types.ModuleType("__main__")
    main.__dict__.clear()
    main.__dict__.update(SCRIPT)
    main.__file__ = program
    setattr(main, "__loader__", importlib.machinery.SourceFileLoader("__main__", program))  # noqa: B010
    main.__doc__ = None
    if "__annotations__" in SCRIPT:
        main.__annotations__ = {}
    sys.modules["__main__"] = main
    sys.addaudithook(guard(work))
    # This file's frame and, up to 3.11, its call of exec() lie below the program.
    sys.setrecursionlimit(sys.getrecursionlimit() + (1 if sys.version_info >= (3, 12) else 2))
    return main.__dict__


# --------------------------------------------------------------- supervisor


def limit(job: Job) -> None:
    """Set this process's limits; what it starts inherits them.

    Args:
        job: ``memory``, in bytes, is the most that it may hold.
    """
    # RLIMIT_DATA counts what can be written to; RLIMIT_AS would also count
    # the 64 MiB that the allocator reserves for each thread and never touches.
    for kind, most in (
        (resource.RLIMIT_DATA, job["memory"]),
        (resource.RLIMIT_FSIZE, job["memory"] // 16),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 1024),
    ):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            pass  # macOS knows the names and refuses some of the numbers


def children() -> list[int]:
    """The processes whose parent is this one, where /proc tells."""
    own = os.getpid()
    try:
        with open(f"/proc/{own}/task/{own}/children", encoding="ascii") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        pass  # a kernel without that file: ask every process
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        try:
            if name.isdigit() and parent_of(name) == own:
                found.append(int(name))
        except OSError:
            pass  # it has just ended
    return found


def end_descendants() -> None:
    """Kill every process below this one, in any session.

    Orphans have become this process's children (:func:`adopt_orphans`), so
    killing level by level reaches all of them.
    """
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        for pid in children():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        time.sleep(0.002)


def told_at_end(pid: int) -> int | None:
    """A descriptor that can be read when a child has ended; None where there is none."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None  # not Linux, or a kernel older than the Python that was built for it


def watch(pid: int, output: int, reports: int, job: Job) -> dict[str, Any]:
    """Wait for the child to end, within its limits, and keep what it printed.

    The end of the child counts, not the end of its output: a process that it
    started may hold the pipe open for ever.

    Args:
        pid: the child.
        output: reading end of its standard output and error.
        reports: reading end of what its audit hook reports.
        job: ``limit`` in seconds, ``output`` in bytes.

    Returns:
        ``exit``, ``output``, ``seconds`` and ``problem``.
    """
    started = time.monotonic()
    deadline = started + job["limit"]
    problem = ""
    kept = bytearray()
    said = bytearray()
    ends = {output: kept, reports: said}
    poll = select.poll()
    for end in ends:
        os.set_blocking(end, False)
        poll.register(end, select.POLLIN)
    pidfd = told_at_end(pid)
    if pidfd is not None:
        poll.register(pidfd, select.POLLIN)

    def read() -> bool:
        """Take what is there; False once nobody can write any more."""
        nonlocal problem
        for end, into in list(ends.items()):
            while not problem:
                try:
                    data = os.read(end, 65536)
                except BlockingIOError:
                    break
                if not data:
                    poll.unregister(end)
                    del ends[end]
                    break
                if into is kept or b"\n" not in said:
                    into += data
                if len(kept) > job["output"]:
                    problem = f"printed more than {job['output']:,} bytes"
        return bool(ends)

    status = None
    while status is None and not problem:
        left = deadline - time.monotonic()
        if left <= 0:
            problem = f"had not ended after {job['limit']:g} seconds"
            break
        poll.poll(1000 * (left if pidfd is not None else min(left, 0.01)) + 1)
        ended, code = os.waitpid(pid, os.WNOHANG)
        read()
        if ended:
            status = code
    if status is None:
        os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
    seconds = time.monotonic() - started
    try:
        os.killpg(pid, signal.SIGKILL)  # all that can be reached on macOS
    except OSError:
        pass
    end_descendants()
    if pidfd is not None:
        poll.unregister(pidfd)
    while read() and not problem and poll.poll(50):
        pass
    del kept[job["output"] :]
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "output": kept.decode("latin-1"),
        "seconds": round(seconds, 3),
        "problem": said.decode("utf-8", "replace").partition("\n")[0] or problem,
    }


def supervise(folder: str, job: Job, isolated: bool) -> tuple[str, str]:
    """Fork the child, watch it, write what came of it and end.

    Where the server is in namespaces, each child has its own.

    Returns:
        Only in the child: what :func:`become` needs.
    """
    place = os.path.join(folder, job["name"])
    output_read, output_write = os.pipe()
    report_read, report_write = os.pipe()
    # Opened now, since the program may put something else in its place.
    answer = os.open(os.path.join(place, "result.json"), os.O_WRONLY | os.O_CREAT)
    end_with_parent()
    adopt_orphans()
    if isolated:
        leave_neighbours(folder, place)
    pid = os.fork()
    if pid == 0:
        end_with_parent()
        os.dup2(output_write, 1)
        os.dup2(output_write, 2)
        os.dup2(report_write, REPORT_FD, inheritable=False)
        os.closerange(3, REPORT_FD)
        os.setsid()
        limit(job)
        return os.path.join(place, "program", job["program"]), os.path.join(place, "work")
    try:
        os.close(output_write)
        os.close(report_write)
        result = watch(pid, output_read, report_read, job)
        os.truncate(answer, 0)
        with open(answer, "w", encoding="utf-8") as file:
            json.dump(result, file)
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


# ------------------------------------------------------------------- server


NEW_NETWORK, NEW_MOUNTS, NEW_USER = 0x40000000, 0x00020000, 0x10000000


def mount(source: str, target: str, kind: str | None, flags: int) -> None:
    """Mount something in this process's namespace.

    Raises:
        OSError: this system does not allow it.
    """
    linux_call("mount", os.fsencode(source), os.fsencode(target), kind.encode() if kind else None, flags, None)


def read_only(path: str, on: bool) -> None:
    """Forbid writing below a mount and all mounts in it, or allow it in that one mount again.

    Raises:
        OSError: this system does not allow it.
    """
    import struct

    # struct mount_attr: what to set, what to clear, propagation, user namespace
    bit = 0x1  # MOUNT_ATTR_RDONLY
    attributes = struct.pack("QQQQ", bit if on else 0, 0 if on else bit, 0, 0)
    recursive = 0x8000 if on else 0  # AT_RECURSIVE
    linux_call("syscall", 442, -100, os.fsencode(path), recursive, attributes, len(attributes))


def open_folder(folder: str) -> None:
    """Make one folder and a fresh /dev/shm the places that can be written to.

    Raises:
        OSError: this system does not allow it.
    """
    mount(folder, folder, None, 0x1000)  # MS_BIND
    read_only(folder, False)
    if os.path.isdir("/dev/shm"):
        mount("tmpfs", "/dev/shm", "tmpfs", 0)


def start_loopback() -> None:
    """Have a new network answer on 127.0.0.1.

    Raises:
        OSError: this system does not allow it.
    """
    import socket
    import struct

    with socket.socket() as anything:
        flags = struct.pack("16sH14s", b"lo", 1, b"")  # IFF_UP
        fcntl.ioctl(anything, 0x8914, flags)  # SIOCSIFFLAGS


def isolate(folder: str) -> None:
    """Move to namespaces without a network and with a read-only file system.

    Only FOLDER, the devices and a fresh /dev/shm can be written to, by the
    programs themselves and by whatever they start.

    Raises:
        OSError: this system does not allow it; nothing may rely on it then.
    """
    user, group = os.getuid(), os.getgid()
    linux_call("unshare", NEW_USER | NEW_NETWORK | NEW_MOUNTS)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    start_loopback()
    mount("none", "/", None, 0x4000 | 0x40000)  # MS_REC | MS_PRIVATE
    read_only("/", True)
    open_folder(folder)


def leave_neighbours(folder: str, place: str) -> None:
    """Inside these namespaces, move to others that no other program shares.

    What can be written to is then PLACE, no longer all of FOLDER, and the
    loopback has only the program's own ports.

    Raises:
        OSError: this system allows the namespaces, but not what they need.
    """
    try:
        linux_call("unshare", NEW_NETWORK | NEW_MOUNTS)
    except OSError:
        return  # the system's limit on namespaces is reached: the server's have to do
    start_loopback()
    read_only(folder, True)
    open_folder(place)


def can_isolate(folder: str) -> bool:
    """Whether :func:`isolate` and :func:`leave_neighbours` work here, tried in a process of its own."""
    if sys.platform != "linux":
        return False
    pid = os.fork()
    if pid == 0:
        try:
            isolate(folder)
            place = os.path.join(folder, "probe")
            os.mkdir(place)
            leave_neighbours(folder, place)
            with open(os.path.join(place, "probe"), "w", encoding="ascii"):
                pass
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def warm_up() -> None:
    """Import what an asyncio program imports, early or late, then freeze it.

    A module that is first imported in the middle of a program costs time
    there, and debug mode would report it as a slow callback.
    """
    import asyncio.base_events
    import asyncio.unix_events
    import concurrent.futures.thread
    import contextlib
    import contextvars
    import functools
    import gc
    import inspect
    import linecache
    import logging
    import random
    import ssl
    import threading
    import tokenize
    import traceback
    import unittest.async_case

    gc.collect()
    gc.freeze()


def serve(jobs_fd: int, folder: str, at_once: int, apart: float) -> tuple[str, str, bool]:
    """Fork a supervisor for each job, at most ``at_once`` at a time, ``apart`` seconds after the one before.

    Ends when the other end of ``jobs_fd`` is closed, however that came about,
    and takes every supervisor and child with it.

    Returns:
        Only in a child: what :func:`become` needs, and whether namespaces keep it in.
    """
    import shutil

    pid = os.fork()
    if pid:
        # Inside the namespaces the folder is a mount and cannot be removed.
        os.waitpid(pid, 0)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)
    end_with_parent()
    isolated = can_isolate(folder)
    if isolated:
        isolate(folder)
    adopt_orphans()
    warm_up()
    waiting: list[Job] = []
    # Reading end of a pipe that only the supervisor holds -> its pid, its job, when it has to have ended.
    running: dict[int, tuple[int, Job, float]] = {}
    buffered = b""
    poll = select.poll()
    poll.register(jobs_fd, select.POLLIN)
    next_start = time.monotonic()
    while True:
        pause = None
        while waiting and len(running) < at_once:
            now = time.monotonic()
            if now < next_start:
                pause = 1000 * (next_start - now)
                break
            next_start = now + apart
            job = waiting.pop(0)
            alive_read, alive_write = os.pipe()
            pid = os.fork()
            if pid == 0:
                for end in (jobs_fd, alive_read, *running):
                    os.close(end)
                return *supervise(folder, job, isolated), isolated
            os.close(alive_write)
            running[alive_read] = pid, job, now + job["limit"] + SUPERVISED
            poll.register(alive_read, select.POLLIN)
        for pid, _, latest in running.values():
            if time.monotonic() > latest:
                os.kill(pid, signal.SIGKILL)
        for ready, _ in poll.poll(1000 if pause is None and running else pause):
            if ready == jobs_fd:
                data = os.read(jobs_fd, 65536)
                if not data:
                    for pid, *_ in running.values():
                        os.kill(pid, signal.SIGKILL)
                    end_descendants()
                    os._exit(0)
                *lines, buffered = (buffered + data).split(b"\n")
                waiting += map(json.loads, lines)
            else:
                poll.unregister(ready)
                os.close(ready)
                pid, job, _ = running.pop(ready)
                os.waitpid(pid, 0)
                os.write(1, json.dumps(job["name"]).encode() + b"\n")


if __name__ == "__main__":
    if sys.argv[1] == "describe":
        print(json.dumps(describe()))
        sys.exit()
    inherit_nothing()
    if sys.argv[1] == "serve":
        program, work, isolated = serve(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
    else:
        program, work, isolated = sys.argv[2], sys.argv[3], False
        reports = os.open(os.path.join(work, "..", "report"), os.O_WRONLY | os.O_CREAT)
        os.dup2(reports, REPORT_FD, inheritable=False)
        os.close(reports)
    with open(program, "rb") as file:
        source = file.read()
    del file
    # From 3.13 on, the message about a name that shadows a module depends on what the
    # interpreter was started with; the namespaces do without the guard. What does not
    # compile needs no guard, and only a new interpreter reads its file as any other does.
    if (isolated and shadows(program)) or (sys.platform != "win32" and not compiles(source, program)):
        os.chdir(work)
        os.execv(sys.executable, [sys.executable, "-u", program])  # noqa: S606
    namespace = become(program, work)
    code = compile(globals().pop("source"), program, "exec", dont_inherit=True)
    exec(globals().pop("code"), globals().pop("namespace"))
