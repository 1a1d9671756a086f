"""The appointment as it happens: waiting, admission, the room, the end."""
