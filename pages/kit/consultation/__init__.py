"""What the pages of a consultation event share: who answers, what a question and its result look like, the wall."""
