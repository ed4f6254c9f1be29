"""The room's verbs: results, the recount that proves them, the nightly roll-up, the needs assessment."""
