"""Links: every scenario survives the round trip, and whatever cannot be honoured is named."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing import MODEL_VERSION
from pricing.errors import ParameterError, ScenarioError
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, specs
from tests.examples import examples
from tests.properties.test_identities import scenarios

DIGEST = "ab" * 32


@given(scenarios(mechanics=True))
def test_a_scenario_survives_its_link(scenario: Scenario) -> None:
    for written in (links.write(scenario), links.write_changes(scenario.values())):
        found = links.read(links.from_url("https://example.org/page?" + links.to_query(written)))
        assert found.scenario == scenario
        assert found.problems == ()


def changed(luck: Random) -> Scenario:
    """A scenario with up to five settings changed, to either end of their range or anywhere in it."""
    values: dict[str, float | str] = {}
    for name in luck.sample(sorted(specs()), luck.randint(1, 5)):
        spec = specs()[name]
        number = luck.choice([spec.low, spec.high, luck.uniform(spec.low, spec.high)])
        values[name] = (
            luck.choice(list(spec.choices)) if spec.choices else float(round(number) if spec.counted else number)
        )
    try:
        return Scenario(**values)  # type: ignore[arg-type]
    except ScenarioError:  # they contradict each other
        return changed(luck)


def test_a_thousand_drawn_scenarios_survive_their_short_links_and_every_cut_of_twenty_is_said() -> None:
    luck, cuts = Random(13), 0
    for number in range(1000):
        scenario = changed(luck)
        whole = links.to_query(links.write_changes(scenario.values()))
        found = links.read(links.from_url("https://example.org/?" + whole))
        assert (found.scenario, found.problems) == (scenario, ())
        for place in range(1, len(whole)) if number < 20 else ():
            cut = links.read(links.from_url("https://example.org/?" + whole[:place]))
            assert cut.note or cut.problems, whole[:place]
            cuts += 1
    assert cuts > 800


@given(scenarios(mechanics=True), st.sets(st.sampled_from(sorted(specs())), max_size=5))
def test_a_link_with_five_settings_changed_is_short(scenario: Scenario, names: set[str]) -> None:
    """With numbers as somebody would type them: up to six digits each."""
    values = {name: scenario.values()[name] for name in names}
    typed = {n: v if isinstance(v, str) else float(f"{v:.6g}") for n, v in values.items()}
    assert len(links.to_query(links.write_changes({**defaults().values(), **typed}))) < 200


def test_a_link_says_what_differs_and_ends_in_the_version() -> None:
    assert links.write(defaults()) == {"model": MODEL_VERSION}
    changed = links.write(Scenario(need_premium=0.3), pinned=Scenario(hour_cost=50))
    assert links.to_query(changed | {"part": "cash"}).endswith(f"&part=cash&model={MODEL_VERSION}")
    assert set(links.write_all(defaults())) == {*specs(), "model"}


@given(scenarios(mechanics=True), st.data())
def test_a_link_that_was_cut_says_so_or_means_the_same(scenario: Scenario, data: st.DataObject) -> None:
    """Wherever it is cut: what is left is not taken for a whole link in silence."""
    whole = links.to_query(links.write(scenario))
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    found = links.read(links.from_url("https://example.org/?" + cut))
    assert found.note or found.problems or not cut.strip("?")


@examples(3)
@given(scenarios(mechanics=True), st.sets(st.sampled_from(sorted(specs())), min_size=1, max_size=5))
def test_every_cut_of_a_short_link_is_said(scenario: Scenario, names: set[str]) -> None:
    """From its first character on; cut off altogether it is the page's own address."""
    values = {**defaults().values(), **{name: scenario.values()[name] for name in names}}
    whole = links.to_query(links.write_changes(values))
    for place in range(1, len(whole)):
        found = links.read(links.from_url("https://example.org/?" + whole[:place]))
        assert found.note or found.problems, whole[:place]


def test_a_link_of_a_former_version_means_what_it_meant() -> None:
    """A parameter that had another default then has it still, unless the link says otherwise."""
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        assert links.read({"need_premium": ["0.3"], "model": [version]}).scenario.most_lost == 0
        assert links.read({"most_lost": ["0.5"], "model": [version]}).scenario.most_lost == 0.5
        assert links.read({"a.hour_cost": ["50"], "model": [version]}).pinned.most_lost == 0  # type: ignore[union-attr]
    assert links.read({"need_premium": ["0.3"], "model": [MODEL_VERSION]}).scenario == Scenario(need_premium=0.3)


MEANT = Scenario(need_premium=0.3, area_multiplier=1.5, metric="frequency", target="own")
PLAINLY = links.to_query(links.write(MEANT))


@pytest.mark.parametrize(
    "bent",
    [
        PLAINLY.replace("&", "&amp;"),
        PLAINLY.replace("&", "&amp;amp;"),
        PLAINLY.upper().replace("OWN", "Own"),
        PLAINLY.replace("=", "%3D").replace("&", "%26"),
        PLAINLY.replace("=", "%253D").replace("&", "%2526"),
        PLAINLY + ".",
        PLAINLY + ")",
        PLAINLY + ">",
        PLAINLY + "”,",
        PLAINLY + "&utm_source=newsletter&fbclid=IwAR0x&gclid=1",
        "utm_medium=email&" + PLAINLY,
        PLAINLY.replace("0.3", "0.%203"),
        PLAINLY.replace("area_multiplier", "area_%0D%0A%20multiplier"),
        PLAINLY.replace("need_premium", " need_premium"),
        "?" + PLAINLY,
        PLAINLY + "#section",
    ],
)
def test_a_bent_link_is_understood(bent: str) -> None:
    found = links.read(links.from_url("https://example.org/?" + bent))
    assert (found.scenario, found.problems, found.note) == (MEANT, (), "")


@pytest.mark.parametrize("url", ["http://a]b?x=1", "http://[::1?x=1", "http://℀.com/?x=1"])
def test_an_address_that_is_none_is_read_for_its_settings(url: str) -> None:
    assert "“x” is not a parameter" in links.read(links.from_url(url)).problems[0]


@pytest.mark.parametrize("query", ["model=1.2.0&model=1.3.0", "table=a.csv&table=b.csv&model=1.3.0", "table=a.csv"])
def test_what_is_said_twice_or_is_about_nobody_is_named(query: str) -> None:
    assert links.read(links.from_url("?" + query)).problems


def test_no_minus_stands_before_nothing() -> None:
    assert repr(links.read(links.from_url("?results_share=-0")).scenario.results_share) == "0.0"


def test_the_address_holds_only_what_differs() -> None:
    assert links.write_changes(defaults().values()) == {}
    changed = links.write_changes(Scenario(need_premium=0.3, contract_value=3000).values())
    assert changed == {"need_premium": "0.3", "contract_value": "3000", "model": MODEL_VERSION}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("prise=1", "“prise” is not a parameter"),
        ("need_premium=9", "need_premium: 9 is outside 0 to 1"),
        ("need_premium=nan", "need_premium: “nan” is not a number"),
        ("need_premium=1e999", "need_premium: “1e999” is too large a number"),
        ("need_premium=", "need_premium: “” is not a number"),
        ("need_premium=lots", "need_premium: “lots” is not a number"),
        ("target=frequency", "target: “frequency” is not one of: none, one, own"),
        ("need_premium=0.1&need_premium=0.2", "need_premium is given 2 times with different values"),
        ("metric=frequency&target=none", "frequency metric needs a target"),
        ("a.need_premium=7", "a.need_premium: 7 is outside 0 to 1"),
        ("a.prise=1", "“a.prise” is not a parameter"),
        ("a.a.need_premium=0.1", "“a.a.need_premium” is not a parameter"),
        ("a.=1", "“a.” is not a parameter"),
        ("a=other", "a: “other” is not honoured"),
        ("a.hour_cost=50&a.hour_cost=60", "a.hour_cost is given 2 times with different values"),
        ("<img src=x>=1", "“<img src” is not a parameter"),
    ],
)
def test_what_cannot_be_honoured_is_named_and_the_rest_is_kept(query: str, said: str) -> None:
    found = links.read(links.from_url(f"https://example.org/?{query}&area_multiplier=1.5"))
    assert len(found.problems) == 1
    assert said in found.problems[0]
    assert found.scenario.area_multiplier == 1.5
    assert found.scenario.need_premium == 0


def test_a_comparison_survives_its_link() -> None:
    a, b = Scenario(metric="frequency", hour_cost=55.5), Scenario(target="own", need_premium=0.35)
    for written in (links.write(b, pinned=a), links.write_changes(b.values(), pinned=a)):
        found = links.read(links.from_url("?" + links.to_query(written)))
        assert (found.scenario, found.pinned, found.problems) == (b, a, ())


@given(scenarios(mechanics=True), scenarios(mechanics=True))
def test_any_two_scenarios_survive_one_link(a: Scenario, b: Scenario) -> None:
    found = links.read(links.from_url("?" + links.to_query(links.write_changes(b.values(), pinned=a))))
    assert (found.scenario, found.pinned, found.problems) == (b, a, ())


def test_a_scenario_pinned_as_it_stands_is_said_in_a_word() -> None:
    assert links.write_changes(defaults().values(), pinned=defaults()) == {"a": "same", "model": MODEL_VERSION}
    found = links.read({"a": ["same"], "hour_cost": ["61"]})
    assert (found.scenario, found.pinned) == (Scenario(hour_cost=61), Scenario(hour_cost=61))


def test_what_is_wrong_with_a_leaves_b_alone() -> None:
    found = links.read({"a": ["same"], "a.hour_cost": ["50"], "need_premium": ["0.2"]})
    assert (found.scenario, found.pinned) == (Scenario(need_premium=0.2), Scenario(need_premium=0.2, hour_cost=50))
    assert "stands alone" in found.problems[0]
    found = links.read({"a.metric": ["severity"], "a.target": ["none"], "need_premium": ["0.2"]})
    assert (found.scenario, found.pinned) == (Scenario(need_premium=0.2), Scenario(metric="severity", need_premium=0.2))
    assert found.problems[0].startswith("A: The severity metric needs a target")


def test_a_stands_though_b_contradicts_itself() -> None:
    values = {**defaults().values(), "metric": "frequency", "target": "none"}
    found = links.read(links.from_url(links.to_query(links.write_changes(values, pinned=defaults()))))
    assert found.pinned == defaults()
    assert len(found.problems) == 1


def test_a_comparison_of_an_own_table_names_the_table_though_b_is_about_others() -> None:
    table = TableName("groups.csv", DIGEST)
    written = links.write(defaults(), table, Scenario(cohort=OWN_TABLE))
    found = links.read(links.from_url("?" + links.to_query(written)))
    assert (found.pinned, found.table) == (Scenario(cohort=OWN_TABLE), table)


FEW = 12
"""Settings in which a comparison may differ and stay short."""


@given(scenarios(mechanics=True), st.sets(st.sampled_from(sorted(specs())), max_size=FEW))
def test_a_comparison_of_a_few_settings_stays_short(a: Scenario, names: set[str]) -> None:
    """B at the defaults and A with a dozen values as somebody would type them; all of them differ at most 2,600."""
    typed = {n: v if isinstance(v, str) else float(f"{v:.6g}") for n, v in a.values().items()}
    assert len(links.to_query(links.write(defaults(), pinned=a.with_(**typed)))) < 2600
    try:
        few = defaults().with_(**{name: typed[name] for name in names})
    except ScenarioError:
        return
    assert len(links.to_query(links.write(defaults(), pinned=few))) < 1500


@pytest.mark.parametrize("url", ["&".join(f"x{n}=1" for n in range(1001)), "need_premium=" + "1" * 80_001])
def test_a_link_that_is_too_long_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ParameterError, match="80,000 characters and 1,000 parts"):
        links.from_url("https://example.org/?" + url)


def test_the_same_value_twice_is_no_contradiction() -> None:
    found = links.read(links.from_url("need_premium=0.2&need_premium=0.2"))
    assert found.scenario.need_premium == 0.2
    assert found.problems == ()


def test_a_huge_link_is_cut_short_and_said() -> None:
    found = links.read({f"x{n}": ["1"] for n in range(500)})
    assert len(found.problems) == links.MOST_PROBLEMS + 1
    assert "492 more" in found.problems[-1]


def test_contradictions_keep_everything_but_the_target() -> None:
    found = links.read({"metric": ["severity"], "target": ["none"], "need_premium": ["0.2"]})
    assert found.scenario == Scenario(metric="severity", need_premium=0.2)


def test_a_blend_of_nothing_is_named() -> None:
    found = links.read(
        {"metric": ["blend"]} | {f"blend_{m}": ["0"] for m in ("binary", "frequency", "severity", "progress")}
    )
    assert found.scenario == Scenario(metric="blend")
    assert "at least one metric" in found.problems[0]


def test_a_link_from_an_own_table_names_the_file_and_its_hash() -> None:
    own, table = Scenario(cohort=OWN_TABLE), TableName("groups.csv", DIGEST)
    found = links.read(links.from_url("?" + links.to_query(links.write(own, table))))
    assert (found.scenario, found.table, found.problems) == (own, table, ())
    assert "table" not in links.write(defaults(), table)


def test_a_forged_table_hash_is_named() -> None:
    found = links.read({"cohort": [OWN_TABLE], "table": ["x.csv"], "table_sha256": ["<b>"]})
    assert found.table is None
    assert "not a SHA-256" in found.problems[0]


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=40), min_size=1, max_size=3), max_size=12))
def test_no_query_breaks_the_reader(query: dict[str, list[str]]) -> None:
    found = links.read(query)
    assert all(problem.isprintable() for problem in found.problems)


@given(st.text(max_size=300))
def test_no_address_breaks_the_reader(url: str) -> None:
    links.read(links.from_url(url))


def test_settings_that_contradict_each_other_are_kept_in_the_address_and_named_when_it_is_opened() -> None:
    values = {**defaults().values(), "metric": "frequency", "target": "none", "need_premium": 0.2}
    query = links.write_changes(values)
    assert (query["metric"], query["target"]) == ("frequency", "none")
    found = links.read(links.from_url(links.to_query(query)))
    assert "needs a target" in found.problems[0]
    assert found.scenario == Scenario(metric="frequency", need_premium=0.2)


@pytest.mark.parametrize(
    ("texts", "step"), [((), 0), (("3",), 3), (("3", "3"), 3), (("3", "4"), 0), (("0",), 0), (("x",), 0), (("٣",), 0)]
)
def test_a_step_is_read_strictly_and_is_no_part_of_the_scenario(texts: tuple[str, ...], step: int) -> None:
    link = links.read({"step": texts} if texts else {})
    assert (link.step, link.scenario) == (step, Scenario())
    assert bool(link.problems) == bool(texts and not step)


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ((), ""),
        (("cash",), "cash"),
        (("four_measures", "four_measures"), "four_measures"),
        (("cash", "prime"), ""),
        (("",), ""),
        (("Cash",), ""),
        (("cash ",), "cash"),
        (("3",), ""),
        (("a" * 41,), ""),
        (("<b>",), ""),
    ],
)
def test_a_part_is_read_strictly_and_is_no_part_of_the_scenario(texts: tuple[str, ...], part: str) -> None:
    link = links.read({"part": texts} if texts else {})
    assert (link.part, link.step, link.scenario) == (part, 0, Scenario())
    assert [problem.partition(":")[0] for problem in link.problems] == (["part"] if texts and not part else [])


@pytest.mark.parametrize("name", sorted(name for name, spec in specs().items() if spec.counted))
def test_half_a_person_is_refused_and_named(name: str) -> None:
    link = links.read({name: ["30.5"], "model": [MODEL_VERSION]})
    assert link.scenario == defaults()
    assert link.problems == (f"{name}: “30.5” is not a whole number of {specs()[name].unit}.",)
    whole = min(30.0, specs()[name].high)
    assert getattr(links.read({name: [str(whole)], "model": [MODEL_VERSION]}).scenario, name) == whole
