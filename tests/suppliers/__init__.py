"""A loopback server that plays CBS, RIVM and PDOK: real sockets, made-up trouble."""
