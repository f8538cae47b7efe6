"""Which device is which entry, and which devices of many reports are one."""
