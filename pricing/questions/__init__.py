"""What readers ask of an evaluated price, one module or package a question.

None imports another, but that any may ask how sure its answer is.
"""
