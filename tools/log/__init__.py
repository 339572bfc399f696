"""What docs/log.md says, in Python and from that page alone."""
