"""The support catalogue, matching a need to a service, fixed words of safety, the help pages."""
