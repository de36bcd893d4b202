"""The house style of this installation: set by administrators, version by version, shown on all that is published."""
