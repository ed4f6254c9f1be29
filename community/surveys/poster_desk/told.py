"""What is out of the ordinary about a poster, in words an officer can act on. Pure."""

from __future__ import annotations

from datetime import date

from community.places.poster_health import Alert


def heading(alert: Alert) -> str:
    """A few words, as for a tag."""
    return {"silent": "Fallen silent", "jump": "Sudden rush", "unseen": "Never scanned"}[alert.kind]


def explained(alert: Alert) -> str:
    """What was counted, what was to be expected, and what to do."""
    if alert.kind == "silent":
        return (
            f"No scan since {day(alert.day)}: {alert.days} whole days. In the four weeks before it had about "
            f"{usual(alert.usual)}, so chance alone would do this less than once in a thousand. Go and see whether it "
            "still hangs and its code is whole."
        )
    if alert.kind == "jump":
        return (
            f"{alert.scans} scans on {day(alert.day)}. In the four weeks before it had about {usual(alert.usual)}, and "
            f"more than {alert.limit} is not explained by chance or by its busy days. Was there an event, or is "
            "somebody playing? Answers beyond what is likely are flagged by themselves."
        )
    return (
        f"No scan at all in the {alert.days} days since {day(alert.day)}. Go and see whether it hangs where people "
        "can stop, and scan it once from a step away."
    )


def usual(scans: float) -> str:
    """A mean a day, as people say it."""
    return f"{scans:.0f} a day" if scans >= 2 else f"{scans * 7:.0f} a week"


def day(on: date) -> str:
    return f"{on.day} {on:%B}"
