"""Who sees it: one package per audience, one per screen."""
