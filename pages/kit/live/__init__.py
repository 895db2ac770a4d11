"""The picture follows the finger: what a page shows at every position of a slider, before the slider is let go."""
