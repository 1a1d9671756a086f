"""What makes a machine ready: nothing here is part of the product."""
