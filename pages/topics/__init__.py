"""A package for each part of the menu, in it one a page, named after it. None imports another, save the presenter."""
