"""What is measured, each figure as one line of JSON: `python -m benchmarks [name …]`."""
