"""What needs every room: health, first pages, demo data, jobs, starting it all."""
