"""What the practice does, what is true, what is kept: one package per noun."""
