"""The practice: its name, reach, zone, currency and crisis lines."""
