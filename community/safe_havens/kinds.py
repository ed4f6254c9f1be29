"""What sort of thing a Safe Haven is, has and does: the words we store, and how a person reads them."""

from typing import Final

HAVEN_KINDS: Final[dict[str, str]] = {
    "shop": "shop",
    "shopping_centre": "shopping centre",
    "cafe": "cafe or restaurant",
    "fast_food": "fast food",
    "pub": "pub or bar",
    "pharmacy": "pharmacy",
    "library": "library",
    "culture": "theatre, museum or other cultural venue",
    "leisure": "leisure or sports centre",
    "school": "school or college",
    "worship": "place of worship",
    "community": "community hub or charity",
    "lobby": "lobby of an office, hotel or station",
}
"""Kind of venue -> plain words. A private home is never one."""

STATUSES: Final[dict[str, str]] = {
    "applied": "applied",
    "approved": "approved",
    "suspended": "suspended",
    "refused": "not approved",
    "left": "has left",
}

FACILITIES: Final[dict[str, str]] = {
    "seat": "a seat apart from others",
    "water": "drinking water",
    "toilet": "a toilet",
    "charging": "phone charging",
    "landline": "a phone to use",
    "first_aider": "a first aider",
    "cctv": "CCTV",
    "lockable_door": "a door that locks",
}
"""What a venue may offer -> plain words."""

ACCESS: Final[dict[str, str]] = {
    "step_free": "step-free way in",
    "accessible_toilet": "accessible toilet",
    "hearing_loop": "hearing loop",
    "quiet_space": "quiet space",
}
"""What makes a venue usable for more people -> plain words."""

OFFERED: Final = {**FACILITIES, **ACCESS}

VISIT_KINDS: Final[dict[str, str]] = {
    "first": "first visit",
    "yearly": "yearly check",
    "announced": "announced visit",
    "mystery": "mystery visit",
}
VISIT_RESULTS: Final[dict[str, str]] = {"passed": "passed", "failed": "failed"}

CHECKLIST: Final[dict[str, str]] = {
    "open_to_all": "Anyone may come in; it is not a private home",
    "spot_right": "Name and address are right, and the spot on the map is at the door",
    "two_on_duty": "The least staff on duty that they named are there",
    "staff_know": "Staff we asked know what a Safe Haven does",
    "calls_999": "Staff know when to call 999 and whom else to call",
    "seat_apart": "There is somewhere to sit and be seen by staff",
    "phone_at_hand": "There is a phone that works",
    "hours_right": "The opening hours are right",
    "facilities_right": "What they offer is as they said",
    "sticker_shown": "The sticker can be seen from outside",
}
"""What a visitor looks at -> the line they tick."""
NOT_AT_FIRST: Final = frozenset({"sticker_shown"})
"""Lines that a first visit cannot tick: there is no sticker yet."""

SUSPENSIONS: Final[dict[str, str]] = {
    "failed_visit": "a visit was failed",
    "danger_report": "somebody reported a danger there",
    "reports": "reports by visitors",
    "asked": "the venue asked for a pause",
    "other": "another reason",
}

EVENTS: Final[dict[str, str]] = {
    "applied": "Applied",
    "visit_planned": "Visit planned",
    "visit_passed": "Visit passed",
    "visit_failed": "Visit failed",
    "trained": "Somebody finished the training",
    "agreed": "Agreement accepted",
    "signed_off": "Signed off by one approver",
    "approved": "Approved",
    "refused": "Not approved",
    "suspended": "Suspended",
    "resumed": "Listed again",
    "renewed": "Renewed for a year",
    "details_changed": "Details changed",
    "hours_changed": "Opening hours changed",
    "hours_proposed": "New opening hours wait for a look",
    "lapsed": "Lapsed: check or training out of date",
    "left": "Left the scheme",
    "contacts_erased": "Names and contacts erased",
}
"""Steps of a venue's life -> how the history tells them."""

PROBLEMS: Final[dict[str, str]] = {
    "danger": "I was not safe there",
    "turned_away": "They turned me away",
    "did_not_know": "Staff did not know about Safe Havens",
    "shut": "It was shut when this page said open",
    "details_wrong": "Something on this page is wrong",
    "sticker": "The sticker looks fake, or is not there",
}
"""What a visitor may report -> the words they choose. No free text: nobody can be written about."""
PROBLEM_OUTCOMES: Final[dict[str, str]] = {
    "put_right": "put right with the venue",
    "nothing": "nothing was wrong",
    "visit": "a visit was planned",
    "suspended": "suspended",
}

HELP_GIVEN: Final[dict[str, str]] = {
    "place_to_wait": "a place to wait",
    "someone_to_talk_to": "someone to talk to",
    "phone": "a phone or charging",
    "called_friend": "we called a friend or family",
    "called_999": "we called 999",
    "called_101": "we called 101 or the council",
    "directions": "directions or a bus",
    "unwell": "help when unwell",
    "other": "other help",
}
USE_OUTCOMES: Final[dict[str, str]] = {
    "left_by_self": "left when ready",
    "met": "met by someone they know",
    "emergency": "emergency services came",
    "not_known": "not known",
}
WHO: Final[dict[str, str]] = {"adult": "an adult", "child": "someone under 18", "not_known": "not sure"}
FEEDBACK: Final[dict[str, str]] = {
    "helped": "Yes, they helped",
    "partly": "Partly",
    "not_helped": "No",
    "nobody_knew": "Nobody there knew about it",
}

PROSPECT_ANSWERS: Final[dict[str, str]] = {
    "not_asked": "not asked yet",
    "asked": "asked, no answer yet",
    "interested": "interested",
    "applied": "has applied",
    "no": "said no",
}

HEARD_FROM: Final[dict[str, str]] = {
    "visit": "somebody from the council or the police came by",
    "venue": "another venue",
    "web": "the council's website or news",
    "social": "social media",
    "other": "somewhere else",
}

PROMISES: Final[dict[str, str]] = {
    "welcome": "We welcome anyone who feels unsafe, unwell or lost, without asking why.",
    "staff": "We always have enough staff on duty for one to stay with the person.",
    "training": "All who work here do the short training each year.",
    "sticker": "We show the sticker where people can see it from outside.",
    "limits": "We do not step into a fight. In danger we call 999.",
    "private": "We do not tell others who came in, and we take no names or pictures.",
}
"""What a venue promises, one by one."""

VALID_DAYS: Final = 365
"""How long a check or a training counts."""
