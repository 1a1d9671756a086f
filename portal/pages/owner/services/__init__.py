"""The services: what can be booked, for how long, for how much, on which terms."""
