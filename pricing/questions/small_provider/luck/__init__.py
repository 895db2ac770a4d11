"""The luck of one provider’s year: who is sent to it, what each client may bring, every amount the year may pay."""
