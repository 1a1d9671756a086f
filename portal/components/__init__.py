"""The design system: what makes it look and feel the same."""
