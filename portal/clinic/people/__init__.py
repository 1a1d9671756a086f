"""Who there is: people, their sign-in, their sessions."""
