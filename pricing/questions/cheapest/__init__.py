"""The cheapest price that keeps a promise to every group, what sets it, and what each limit leaves of it.

The whole of it from Python (a scenario in, the price and what sets it out):

>>> from pricing.evaluate import evaluate
>>> from pricing.people import shipped
>>> from pricing.questions.cheapest.answer import answer
>>> from pricing.scenario.scenario import Scenario
>>> found = answer(evaluate(Scenario(promise_floor=1.0), shipped.load("greater_manchester")))
>>> round(found.chosen.cost), round(found.chosen.share, 2)  # £ a person; the part of it that hangs on results
(2518, 0.84)
"""
