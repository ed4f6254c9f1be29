"""The verbs of the places room: finding places, bringing them in, putting posters up and pointing them at waves."""
