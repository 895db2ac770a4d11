"""Places as JSON and CSV: what ``python -m pricing places`` prints."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number, record
from pricing.command.subcommand import on_one_price
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people import shipped
from pricing.questions.places import boroughs, footprint, multipliers, neighbourhoods, same_people
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version, scenario  as with evaluate
  boroughs           each, then Greater Manchester: people, parked_people, parked (share), payback,
                     margin_at_benchmark (£), withheld (share), needs; null where too small to show
  multiplier         the multiplier compared: the scenario's, or 1.5 where it has none
  moved              by index (overall, employment, housing), by borough: £ per person that the
                     multiplier moves in; sums to zero over people where the total is fixed
  cliffs             by shape and index: largest (£ per person between neighbours), and pairs
                     with a step of £100 or more
  footprint          each borough: paid, moved, fee, results, target, chance (£ per person) under one
                     price for all, payback_wide and payback_own
CSV holds the neighbourhoods: for the same people everywhere, headed as with evaluate.
"""


def checked(evaluation: Evaluation) -> Evaluation:
    """The evaluation, if its people have streets here; raises ScenarioError otherwise."""
    if not evaluation.cohort.area:
        mapped = [cohort for cohort in map(shipped.load, shipped.names()) if cohort.area]
        areas, names = (" or ".join(one) for one in zip(*((each.area, each.name) for each in mapped), strict=True))
        raise ScenarioError(f"Only the {areas} cohort has places here: choose --cohort {names}.")
    return evaluation


def neighbourhood_table(evaluation: Evaluation) -> pd.DataFrame:
    """A row per neighbourhood: its place, tenths and what the price rewards there for the same people."""
    places = neighbourhoods.load(evaluation.cohort.name)
    tenths = {f"tenth_{index}": found.astype(int) for index, found in places.tenths.items()}
    borough = [places.boroughs[code] for code in places.borough]
    table = pd.DataFrame({"neighbourhood": places.names, "borough": borough, **tenths})
    index = evaluation.scenario.area_index
    found = same_people.everywhere(evaluation, places.tenths["overall"], places.tenths[index])
    return table.join(found[["payback", "margin_at_benchmark", "withheld", "parked"]])


def footprint_rows(evaluation: Evaluation) -> list[dict[str, object]]:
    """One row per borough of what one wide price moves; null where small numbers hide it."""
    shown = boroughs.summed_up(evaluation).means_shown
    wide, own = footprint.wide(evaluation), {p.name: p for p in footprint.borough_by_borough(evaluation)}
    visible = dict(zip(evaluation.cohort.dimensions["borough"].levels, shown, strict=True))
    rows: list[dict[str, object]] = []
    for place, name in enumerate(wide.names):
        values = {"paid": wide.paid[place], "moved": wide.moved[place], "chance": wide.chance[place]}
        values |= dict(zip(footprint.CHANNELS, wide.by_channel[:, place], strict=True))
        values |= {"payback_wide": own[name].payback_wide, "payback_own": own[name].payback_own}
        rows.append({"borough": name} | {key: number(v) if visible[name] else None for key, v in values.items()})
    return rows


def as_json(evaluation: Evaluation) -> str:
    """The answer as JSON; see ``places --help`` for the keys."""
    checked(evaluation)
    compared = multipliers.as_if(evaluation.scenario)
    found = boroughs.summed_up(evaluation)
    levels = evaluation.cohort.dimensions["borough"].levels
    moved = multipliers.compare(compared, evaluation.cohort)
    steps = multipliers.by_shape(compared, evaluation.cohort, neighbourhoods.load(evaluation.cohort.name))
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "boroughs": [
            {"borough": row.pop("borough")} | record({str(k): v for k, v in row.items()})
            for row in found.table.to_dict(orient="records")
        ],
        "multiplier": compared.area_multiplier,
        "moved": {
            index: {
                name: number(value) if shown else None
                for name, value, shown in zip(levels, one.by_borough, found.means_shown, strict=True)
            }
            for index, one in moved.items()
        },
        "cliffs": [
            {"area_shape": shape, "area_index": index, "largest": one.largest, "pairs": one.large}
            for (shape, index), one in steps.items()
        ],
        "footprint": footprint_rows(evaluation),
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The neighbourhoods, headed by a comment line with the version and the scenario."""
    return links.heading(evaluation.scenario) + written.as_csv(neighbourhood_table(checked(evaluation)))


SUBCOMMAND = on_one_price(
    "places",
    "what it does in different places: boroughs, streets, multipliers, one price or ten",
    KEYS_HELP,
    as_json,
    as_csv,
)
