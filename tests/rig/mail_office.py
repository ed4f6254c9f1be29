"""A mail server on this machine that takes letters: as much of RFC 5321 as that needs."""

from __future__ import annotations

import socket
import threading


class Office:
    """letters: as they came, whole. refuses: addresses that it takes nothing for, for good. From `start` until
    `close`."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.letters: list[str] = []
        self.refuses: set[str] = set()
        self._came = threading.Condition()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def environ(self) -> dict[str, str]:
        """Settings with which letters go through it."""
        return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(self.port), "MAIL_TLS": "none"}

    def wait_for(self, letters: int) -> list[str]:
        """What came, once there are so many; all there is after ten seconds."""
        with self._came:
            self._came.wait_for(lambda: len(self.letters) >= letters, 10)
            return list(self.letters)

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listening.accept()
            except OSError:
                return
            with link, link.makefile("rw", newline="\r\n") as lines:
                taken: list[str] = []

                def say(words: str, lines: object = lines) -> None:
                    lines.write(words + "\n")  # type: ignore[attr-defined]
                    lines.flush()  # type: ignore[attr-defined]

                say("220 office")
                for line in lines:
                    taken.append(line.rstrip())
                    if any(one in line for one in self.refuses):
                        say("550 nobody here")
                    elif line.upper().startswith("DATA"):
                        say("354 go on")
                        for said in lines:
                            if said.rstrip() == ".":
                                break
                            taken.append(said.rstrip())
                        say("250 taken")
                        with self._came:
                            self.letters.append("\n".join(taken))
                            self._came.notify_all()
                    elif line.upper().startswith("QUIT"):
                        say("221 bye")
                        break
                    else:
                        say("250 ok")


def nobody_listens() -> dict[str, str]:
    """Settings of a mail server that is away."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_TLS": "none"}
