"""Measures of one person to a dozen: who comes and what each may come to are told person by person."""
