"""Wards, areas, places, QR posters, geometry."""
