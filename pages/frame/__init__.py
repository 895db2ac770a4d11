"""What stands around every page: the menu, the panel of controls, the address, undo, tabs, a table uploaded."""
