"""The way in for somebody whom the practice has invited."""
