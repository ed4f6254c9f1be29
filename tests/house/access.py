"""Who may open what: every endpoint of the application, by name. A new one must be given its place here.

public: anyone, without a cookie. webhook: signed by its sender, under /webhooks. Pages under /staff stand in a table of
their own, with the permission each needs; and each permission with the roles that give it.
"""

from __future__ import annotations

PERMISSIONS = {
    # permission             viewer analyst publisher coordinator safeguarding admin
    "see_home":               "viewer analyst publisher coordinator safeguarding admin",
    "see_posters":            "viewer analyst publisher coordinator safeguarding admin",
    "manage_posters":         "analyst publisher coordinator",
    "see_questionnaires":     "viewer analyst publisher",
    "manage_questionnaires":  "analyst publisher",
    "see_answers":            "analyst publisher",
    "export_answers":         "analyst publisher",
    "publish_results":        "publisher",
    "see_havens":             "viewer analyst publisher coordinator safeguarding admin",
    "manage_havens":          "coordinator",
    "see_coverage":           "analyst publisher coordinator",
    "see_contacts":           "coordinator safeguarding",
    "open_safeguarding_box":  "safeguarding",
    "manage_accounts":        "admin",
    "read_audit":             "safeguarding admin",
}  # fmt: skip

WITHOUT_A_CODE = {"viewer"}
"""Roles that may sign in with a password alone: they see neither an answer nor a private contact."""

STAFF = {
    "coverage.gaps": "see_coverage",
    "havens_desk.approve": "manage_havens",
    "havens_desk.bring_in": "manage_havens",
    "havens_desk.hours": "manage_havens",
    "havens_desk.looked": "manage_havens",
    "havens_desk.new_prospect": "manage_havens",
    "havens_desk.plan": "manage_havens",
    "havens_desk.prospect": "manage_havens",
    "havens_desk.refuse": "manage_havens",
    "havens_desk.remind": "manage_havens",
    "havens_desk.remove_prospect": "manage_havens",
    "havens_desk.resume": "manage_havens",
    "havens_desk.staff_card": "manage_havens",
    "havens_desk.staff_card_pdf": "manage_havens",
    "havens_desk.sticker": "manage_havens",
    "havens_desk.sticker_pdf": "manage_havens",
    "havens_desk.suspend": "manage_havens",
    "havens_desk.take_away": "manage_havens",
    "havens_desk.team_code": "manage_havens",
    "havens_desk.to_approach": "see_havens",
    "havens_desk.venue": "see_havens",
    "havens_desk.venues": "see_havens",
    "havens_desk.visit": "manage_havens",
    "havens_desk.waiting": "see_havens",
    "live.csv": "export_answers",
    "live.place": "see_answers",
    "live.place_now": "see_answers",
    "live.pulse": "see_answers",
    "live.survey": "see_answers",
    "live.survey_now": "see_answers",
    "live.surveys": "see_answers",
    "poster_desk.assign": "manage_posters",
    "poster_desk.doubts": "see_posters",
    "poster_desk.made": "see_posters",
    "poster_desk.mark": "manage_posters",
    "poster_desk.new": "manage_posters",
    "poster_desk.paper": "see_posters",
    "poster_desk.poster": "see_posters",
    "poster_desk.posters_list": "see_posters",
    "poster_desk.scan": "see_posters",
    "poster_desk.settle": "manage_posters",
    "questionnaire_desk.bring_in": "manage_questionnaires",
    "questionnaire_desk.close_wave": "manage_questionnaires",
    "questionnaire_desk.draft": "manage_questionnaires",
    "questionnaire_desk.draft_screen": "manage_questionnaires",
    "questionnaire_desk.open_wave": "manage_questionnaires",
    "questionnaire_desk.publish": "manage_questionnaires",
    "questionnaire_desk.survey": "see_questionnaires",
    "questionnaire_desk.surveys": "see_questionnaires",
    "questionnaire_desk.throw_away": "manage_questionnaires",
    "questionnaire_desk.version": "see_questionnaires",
    "questionnaire_desk.version_file": "see_questionnaires",
    "questionnaire_desk.version_screen": "see_questionnaires",
    "questionnaire_desk.wave": "see_questionnaires",
    "staff.account": "see_home",
    "staff.accounts": "manage_accounts",
    "staff.another_app": "see_home",
    "staff.audit": "read_audit",
    "staff.by_link": "anyone",
    "staff.change_password": "see_home",
    "staff.code": "anyone",
    "staff.forgot": "anyone",
    "staff.home": "see_home",
    "staff.new_codes": "see_home",
    "staff.recovery_code": "anyone",
    "staff.set_up": "anyone",
    "staff.sign_in": "anyone",
    "staff.sign_out": "anyone",
    "staff.sign_out_everywhere": "see_home",
}
"""endpoint under /staff -> the permission it needs; "anyone": it opens before somebody is signed in."""

HALF_WAY = {"staff.code", "staff.recovery_code", "staff.set_up", "staff.sign_in"}
"""Pages of signing in: who opens one when it is not their time is led elsewhere."""

PUBLIC = {
    "bot.chat": "public",
    "bot.say": "public",
    "haven_papers.advice": "public",
    "haven_papers.advice_pdf": "public",
    "haven_papers.ice_card": "public",
    "haven_papers.ice_card_pdf": "public",
    "haven_joining.answer": "public",
    "haven_joining.go_on_with": "public",
    "haven_joining.start": "public",
    "health.healthz": "public",
    "insights.doubt": "public",
    "insights.poster": "public",
    "insights.which_poster": "public",
    "pages.accessibility": "public",
    "pages.built": "public",
    "pages.home": "public",
    "pages.privacy": "public",
    "pages.security_txt": "public",
    "safe_havens.choose_place": "public",
    "safe_havens.havens": "public",
    "safe_havens.helped": "public",
    "safe_havens.map_ground": "public",
    "safe_havens.map_picture": "public",
    "safe_havens.report": "public",
    "safe_havens.sticker": "public",
    "safe_havens.venue": "public",
    "safe_havens.which_sticker": "public",
    "safe_havens_open_data.points": "public",
    "safe_havens_open_data.service": "public",
    "safe_havens_open_data.services": "public",
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

ENGLISH_ONLY = {name for name in PUBLIC if name.startswith(("haven_joining", "haven_team", "haven_yours"))}
"""Pages for those who run a venue, in English as the staff pages are."""

ACCESS = PUBLIC | dict.fromkeys(STAFF, "staff")

UNDER = {"staff": "/staff", "webhook": "/webhooks/"}
