"""Who may open what: every endpoint of the application, by name. A new one must be given its place here.

public: anyone, without a cookie. staff: signed in, under /staff. webhook: signed by its sender, under /webhooks.
"""

from __future__ import annotations

ACCESS = {
    "bot.chat": "public",
    "bot.say": "public",
    "health.healthz": "public",
    "insights.poster": "public",
    "insights.which_poster": "public",
    "pages.accessibility": "public",
    "pages.built": "public",
    "pages.home": "public",
    "pages.privacy": "public",
    "pages.security_txt": "public",
    "staff.home": "staff",
    "staff.sign_in": "staff",
    "staff.sign_out": "staff",
    "support.card": "public",
    "support.help_page": "public",
    "support.leave": "public",
    "support_open_data.one": "public",
    "support_open_data.several": "public",
    "surveys.answer_at_poster": "public",
    "surveys.answer_without_poster": "public",
    "surveys.at_poster": "public",
    "surveys.withdraw": "public",
    "surveys.without_poster": "public",
    "webhook.messages": "webhook",
    "webhook.status": "webhook",
}

UNDER = {"staff": "/staff", "webhook": "/webhooks/"}
