"""The seeded practice: believable, the same every time, and always about now."""

from portal.demo.seed.roll import SignIns, roll_forward

__all__ = ["SignIns", "roll_forward"]
