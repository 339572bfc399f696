"""What docs/claims.md says, in Python and from that page alone."""
