"""What people said, counted: results, bases and ranges, hiding, month rows, and the needs assessment's section."""
