"""A card processor to practise with: answers stripe-python as Stripe does, page and webhooks included."""
