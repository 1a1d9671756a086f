"""The visit is booked."""
