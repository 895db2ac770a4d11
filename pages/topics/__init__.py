"""One package a page, named after it: its parts, words and charts. None imports another, save presenter and story."""
