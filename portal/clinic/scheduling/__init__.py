"""When: availability, slots, holds, appointments."""
