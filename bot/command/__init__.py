"""What the command line does; bot.__main__ only reads it."""
