"""Seeds in, linked data out: read, check, build, query, serve."""
