"""From a held time to a booked visit."""
