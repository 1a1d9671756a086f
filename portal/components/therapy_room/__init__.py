"""The call: one React component with its own files, behind one Python wrapper."""
