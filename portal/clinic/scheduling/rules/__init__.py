"""What is true of time: pure functions over values, `now` an argument."""
