"""What takes a vendor and two short transactions."""
