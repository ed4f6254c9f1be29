"""The real server as a process of its own, on a free port; stopped, or killed, with all its workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SERVE = (sys.executable, "-m", "community.operations.serve")
START_SECONDS = 60
STOP_SECONDS = 15


class SiteDown(Exception):
    """The server did not start; the message ends with what it printed."""


class Site:
    """One running service, started as `make run` starts it once all is built. environ: its settings; log: the file it
    prints to; command: another way to start it, in which {port} is replaced."""

    def __init__(self, environ: Mapping[str, str], log: Path, *, command: Sequence[str] = SERVE) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {**environ, "PORT": str(self.port), "PUBLIC_BASE_URL": self.url}
        self.log = log
        self._command = [word.replace("{port}", str(self.port)) for word in command]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Site:
        """Start, and return once it answers /healthz, whatever it answers. Raises SiteDown."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._whole_environ(), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.05)
        self.kill()
        raise SiteDown(self.log.read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Ask it to finish, and wait; whatever is left of its process group is killed."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole process group, as a crash of the machine would; harmless when it is gone."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._process = None

    def flask(self, *words: str) -> str:
        """What `flask --app community WORDS` prints, run beside the server with the same settings. Raises
        CalledProcessError, its standard error included, when the command fails."""
        command = [sys.executable, "-m", "flask", "--app", "community", *words]
        done = subprocess.run(command, check=False, cwd=ROOT, env=self._whole_environ(), capture_output=True, text=True)
        if done.returncode != 0:
            raise subprocess.CalledProcessError(done.returncode, words, done.stdout, done.stderr[-3000:])
        return done.stdout

    def _whole_environ(self) -> dict[str, str]:
        return {**{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}, **self.environ}

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
        except urllib.error.HTTPError as answer:
            answer.close()  # 503 is an answer too: the consumer may not run in this test
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
