"""The directory of Safe Havens, their opening hours, nearest open now. To come: nothing here is used yet."""
