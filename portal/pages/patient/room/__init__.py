"""The patient's door to the video room."""
