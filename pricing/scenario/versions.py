"""What changed from one model version to the next: a link that was made under an older one says so in a sentence."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pricing import MODEL_VERSION
from pricing.scenario.scenario import specs
from pricing.scenario.spec import quoted

CHANGED: Mapping[str, str] = MappingProxyType(
    {
        "1.0.0": "the explorer opened.",
        "1.1.0": "none of the figures of 1.0.0 changed; there are more pages and more settings.",
        "1.2.0": "a chance of being paid that luck plays no part in is 0 or 1; with no true change it had been given "
        "as a half. No other figure changed.",
        "1.3.0": "as many reoffences are fitted as were counted, so prices per reoffence and per day of harm fell by 3 "
        "to 5% in Greater Manchester; luck counts who is measured and moves no mean; one provider can "
        "lose no more than its share on results, "
        "unless a link says otherwise; of several efforts that pay, the best is found.",
        "1.4.0": "who comes to a small provider is luck too, so that its bad years are worse; a link of before means "
        "exactly its mix of people, in who is measured too.",
        "1.5.0": "what people need is stated apart from the contract value, so that a cut no longer lowers it.",
        "1.6.0": "ranges of 90 of 100 draws hold what people need too; annual top-ups and hurdles of few people are "
        "counted exactly; blends under clauses may pay best elsewhere. Nothing moved at the defaults but ranges.",
        "1.6.1": "contracts without luck that have several metrics, or a hurdle, may pay best just past a threshold, "
        "where that was missed. Nothing moved at the defaults.",
        "1.6.2": "how many clients would turn a small provider's verdict is judged over years that are drawn where "
        "these leave no doubt; where luck is measured, chances, expected pay and the effort that pays best are of the "
        "people as the price leaves them, not of odds that all fall alike. Nothing moved at the defaults.",
        "1.6.3": "the curve of the chance to be paid for a blend, and the band of what it pays, are drawn where they "
        "bend; between, they had been read off at the wrong place. With nothing on results no chance of pay is told. "
        "Nothing moved at the defaults.",
        "1.6.4": "where support is drawn at its strongest, people who are almost sure to reoffend may be rewarded for "
        "support that had not been found. Nothing else moved.",
        "1.6.5": "the cheapest fair price of several metrics under which nobody may be a loss is a fee alone where a "
        "search had left a hundredth of a penny on results. Nothing else moved.",
        "1.6.6": "luck in what few people, quarters that a year tops up, a hurdle and a range of clients are paid is "
        "counted more closely: chances move by up to 3 in 100, expected pay by some hundredths of the results money.",
        "1.6.7": "what would let a small provider carry a contract is told for a range of clients too, and with luck "
        "that stays its chance that reserves run out moves by up to 2 in 1,000. Where a year tops its quarters up, or "
        "few people are held to a hurdle, chances with support move by up to 6 in 100.",
        "1.6.8": "where a baseline was measured too, results that come out just like it are counted as such: chances "
        "at a hurdle, or with no threshold, move by up to 3 in 100; where a year also tops its quarters up, chances by "
        "up to 6 in 100 and pay by as many hundredths of the results money. Nothing moved at the defaults.",
        "1.6.9": "the chance that a blend of metrics is paid anything moves by up to 3 in 100 where 1,000 people or "
        "fewer are measured: good luck comes on several metrics at once more often than was reckoned. For a small "
        "provider with a dozen clients or fewer the luck of a year was reckoned up to 5 in 100 too wide. Nothing moved "
        "at the defaults.",
        "1.6.10": "of very many people of whom few reoffend, chances of pay move by up to 6 in 100, and a measure in "
        "which next to no reoffence is expected is refused. A pot that is too small for everyone keeps its promise to "
        "more people, and hours are specified where that is cheaper in all; values that turn the verdict are looked "
        "for further. At the defaults that number of people alone moved, by 23.",
        "1.6.11": "the cheapest mix of prices of several metrics under which nobody may be a loss is up to 1.5% "
        "cheaper. Under a rate card whose rates differ luck is wider, often by half and more, since each need is paid "
        "its own rate; places and ranges keep people apart by the needs they have. Nothing moved at the defaults.",
        "1.6.12": "pay in steps, or a year that tops its quarters up, against a baseline that few people were measured "
        "on had been reckoned too coarsely where many are measured: what a result earns moves by up to 15 in 100 of "
        "its written price. Measures of a dozen people or fewer are told person by person: chances move by up to 2 in "
        "10. Nothing moved at the defaults.",
    }
)
"""Model version -> what changed in results since the one before, in the order of release; the last is this one's."""
FORMER: Mapping[str, Mapping[str, float | str]] = MappingProxyType(
    {"1.2.0": {"most_lost": 0.0}, "1.3.0": {"who_comes": "mix"}, "1.4.0": {"needed_budget": 0.0}}
)
"""Last model version under which a parameter had another default -> the parameter, and that default."""
NUMBERED = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.ASCII)


def since(version: str, what: str = "link") -> str:
    """A sentence on what changed since ``version`` (untrusted), under which ``what`` was made; "" where nothing did."""
    if version in ("", MODEL_VERSION):
        return ""
    made = f"This {what} was made with model version {quoted(version)}"
    if version in CHANGED:
        later = list(CHANGED)[list(CHANGED).index(version) + 1 :]
        said = " ".join(f"In {name}, {CHANGED[name]}" for name in later)
        return f"{made}; the figures here are from {MODEL_VERSION}. {said} {kept(version)}".strip()
    if is_newer(version):
        return f"{made}, which is newer than this explorer’s {MODEL_VERSION}: its figures may have been different."
    return f"{made}, which this explorer does not know; the figures here are from {MODEL_VERSION}."


def kept(version: str) -> str:
    """A sentence on the former defaults that a link of a version keeps; "" where there are none."""
    found = [f"“{specs()[name].label}” ({specs()[name].worded(value)})" for name, value in usual(version).items()]
    return f"Unless it says otherwise, it keeps what was usual then: {'; '.join(found)}." if found else ""


def usual(version: str) -> dict[str, float | str]:
    """The defaults of a model version that differ from today's; none for one that is not known."""
    if version not in CHANGED:
        return {}
    known, found = list(CHANGED), dict[str, float | str]()
    for last in sorted(FORMER, key=known.index, reverse=True):
        if known.index(version) <= known.index(last):
            found |= FORMER[last]
    return found


def is_newer(version: str) -> bool:
    """Whether a version from outside is numbered above this one."""
    found, own = NUMBERED.fullmatch(version), NUMBERED.fullmatch(MODEL_VERSION)
    if found is None or own is None:
        return False
    return tuple(map(int, found.groups())) > tuple(map(int, own.groups()))
