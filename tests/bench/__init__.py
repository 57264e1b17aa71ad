"""What `make bench-http` is made of: the kinds of query, the peers, the load, the streams. Nothing here is a test."""
