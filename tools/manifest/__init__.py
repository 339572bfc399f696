"""What docs/manifest.md says, in Python and from that page alone."""
