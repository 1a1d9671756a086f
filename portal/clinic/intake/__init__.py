"""What a patient tells before a visit: packets, forms, answers, consent."""
