"""Texts answered per second beside one row inserted by a bare Flask application; what understanding a message costs."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path

from bench.driving import Failed, Journey, Line, drive
from bench.figures import Report, middle
from bench.journeys import WARM_UP_SECONDS, one_round
from bench.workshop import Workshop, floor_post
from community.bot.training.phrases import read_phrases
from tests.rig.twilio_standin import ACCOUNT, MESSAGES, OURS, TOKEN, inbound_form, sign

LEAST_RATIO, MOST_P95_RATIO = 0.25, 3.0
MOST_UNDERSTAND_MS, MOST_MORE_MB = 2.0, 60
CLIENTS = 8
WORDS = (
    "hello", "my husband hits me", "who sees this?", "hes got a knife", "haven", "1", "im scared to go home tonight",
    "someone robbed my son at the station", "lol that exam killed me", "STOP", "ajutor, sotul ma bate", "??",
)  # fmt: skip


def measure(
    shop: Workshop, say: Report, *, engines: tuple[str, ...], repeats: int, seconds: float, quiet: float
) -> None:
    """Floor, ours, floor again; then one process on its own."""
    environ = {
        "TWILIO_FROM": OURS, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_BASE": "http://127.0.0.1:9",  # nobody: what is to be forgotten is asked of no provider
    }  # fmt: skip
    for engine in engines:
        say.begin("bot", f"signed texts to the webhook, beside one row of bare Flask on {engine}")
        with shop.floor(engine) as floor, shop.ours(engine, environ=environ) as ours:
            ends = {"floor": floor_post(engine), "ours": text_journey(ours.site.url)}
            for one, journey in ((floor, ends["floor"]), (ours, ends["ours"])):
                drive(one.site.url, journey, CLIENTS, WARM_UP_SECONDS, users={}, seed=98)
            rounds = [
                one_round(floor, ours, CLIENTS, seconds, quiet, n, floors=ends["floor"], own=ends["ours"])
                for n in range(repeats)
            ]
        rates = [our.per_second for _, our, _ in rounds]
        floors = [load.per_second for a, _, b in rounds for load in (a, b)]
        ratios = [our.per_second / ((a.per_second + b.per_second) / 2) for a, our, b in rounds]
        slower = [our.at(95) / ((a.at(95) + b.at(95)) / 2) for a, our, b in rounds]
        say.figure(f"{engine}: texts answered", middle(rates), "/s", spread=rates, limit=f"floor {middle(floors):.0f}")
        say.figure(f"{engine}: share of the floor's POSTs", middle(ratios), at_least=LEAST_RATIO, spread=ratios)
        for percent, name in ((50, "p50"), (95, "p95"), (100, "longest")):
            say.figure(f"{engine}: {name}", middle([our.at(percent) for _, our, _ in rounds]), "ms")
        say.figure(f"{engine}: p95 as a multiple of the floor's", middle(slower), at_most=MOST_P95_RATIO, spread=slower)
        failed = {why: n for round in rounds for load in round for why, n in load.failures.items()}
        say.figure(f"{engine}: texts that were not answered with 200", sum(failed.values()), at_most=0)
    _one_process(say)


def text_journey(url: str) -> Journey:
    """One signed text from a number of its own, and its answer."""

    def go(line: Line, rng: random.Random) -> None:
        sid = f"SM{rng.getrandbits(128):032x}"
        form = inbound_form(f"+4477009{rng.randrange(10**5):05}", rng.choice(WORDS), sid)
        page = line.post(MESSAGES, form, {"X-Twilio-Signature": sign(url + MESSAGES, form)})
        if b"<Response" not in page:
            raise Failed("no TwiML")

    return go


def _one_process(say: Report) -> None:
    """Milliseconds and memory of understanding, in a process that serves all else already."""
    say.begin("bot", "understanding a message, one process, one thread")
    done = subprocess.run([sys.executable, "-m", "bench.bot"], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    say.figure("classifier: a message, middle", told["p50_ms"], "ms", at_most=MOST_UNDERSTAND_MS)
    say.figure("classifier: a message, p95", told["p95_ms"], "ms", limit=f"of {told['messages']} messages")
    say.figure("classifier: first message, model loaded", told["first_ms"], "ms")
    say.figure("classifier: more memory in a process", told["more_mb"], "MB", at_most=MOST_MORE_MB,
               limit=f"{told['before_mb']:.0f} MB before")  # fmt: skip


def _resident_mb() -> float:
    return int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) * 1024 / 1e6


def main() -> None:
    """Print one JSON document: what this process needed to understand messages."""
    import tempfile

    from community import create_app
    from community.bot.understanding import understand
    from community.config import Settings

    with tempfile.TemporaryDirectory() as folder:
        create_app(Settings.from_environ({"INSTANCE_DIR": folder})).test_client().get("/help")
        before, began = _resident_mb(), time.perf_counter()
        understand("hello")
        first = time.perf_counter() - began
        sample = random.Random(1).sample(sorted(phrase.text for phrase in read_phrases()), 1_000)
        taken = []
        for text in sample:
            began = time.perf_counter()
            understand(text)
            taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    print(json.dumps({
        "messages": len(taken), "first_ms": first * 1e3, "p50_ms": taken[len(taken) // 2],
        "p95_ms": taken[int(len(taken) * 0.95)], "before_mb": before, "more_mb": _resident_mb() - before,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
