"""The pricing-structure explorer: whom does this price leave behind, and what would it take to put that right?"""

from pages.frame import frame

frame.run()
