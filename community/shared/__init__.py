"""What every room may use: clock, daily keys, counters, masking, form widgets, error pages."""
