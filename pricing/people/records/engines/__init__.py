"""Engines that run the query where records are; each loads its library when it is opened."""
