"""Being a small provider: every section for every cohort, what the page says is the model's, and what it refuses."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.kit.cost.heavy import OverBudgetError
from pages.kit.cost.one_opening import PutOffError
from pages.kit.markdown import pounds
from pages.topics.money.small_provider import parts
from pages.topics.money.small_provider.parts import PARTS
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.questions.small_provider import cash, prime, surplus, trustees
from pricing.questions.small_provider.consortium import Together
from pricing.questions.small_provider.remedies import Remedy
from pricing.questions.small_provider.said import questions, verdict_words
from pricing.resources import effort
from pricing.resources.shelf import SHELF
from pricing.scenario.scenario import Scenario, specs
from pricing.words.numbers import in_100
from tests.examples import EXPLORED, turn_of
from tests.pages.frame.test_own_table_upload import GOOD, upload
from tests.pages.visit import FOLDS, VALID, check, evaluated, open_part, visit, visit_with, words

TITLE = "Being a small provider"
PAGE = "small_provider"
REFUSED = "This provider cannot be shown with these settings. Change one of them."
SOME = [scenario for scenario in VALID if scenario.metric in ("binary", "progress") or scenario.target == "own"]
"""Of metrics that take a target, one target is enough: the other moves pay by a constant."""
COHORTS = ("greater_manchester", "own_table", "georgia_parole")
CHARTS = dict.fromkeys(PARTS, 1) | {"seats": 0}


def show(at: AppTest, section: str) -> AppTest:
    """Choose a section."""
    return open_part(at, PAGE, section)


def text(at: AppTest) -> str:
    return "\n".join(words(at))


@pytest.mark.parametrize("scenario", SOME, ids=lambda s: f"{s.metric}-{s.target}")
def test_the_page_stands_for_every_metric_and_target(scenario: Scenario) -> None:
    few = scenario.with_(clients=3.0, reserves=2000.0)
    at = visit_with(PAGE, few)
    check(at, TITLE)
    year = surplus.of(evaluated(few))
    assert [metric.value for metric in at.main.metric] == [
        in_100(year.chance_of_loss),
        in_100(year.chance_of_ruin),
        pounds(-year.worst_year),
    ]


@EXPLORED
@pytest.mark.parametrize(("turn", "cohort"), list(enumerate(COHORTS)))
def test_every_section_stands_for_every_cohort(turn: int, cohort: str) -> None:
    """Each section for one of them: a consortium paid by the frequency takes seconds to work out."""
    sections = turn_of(list(CHARTS), turn, len(COHORTS))
    at = visit(PAGE, cohort=cohort, metric="frequency", target="own", partners="4", clients="5", part=sections[0])
    if cohort == "own_table":
        upload(at, GOOD)
    for section in sections:
        show(at, section)
        check(at, TITLE)
        assert len(at.main.get("plotly_chart")) == CHARTS[section]
        assert not at.error


@EXPLORED
@pytest.mark.parametrize(
    ("turn", "settings"),
    list(
        enumerate(
            [
                {"results_share": "0"},
                {"results_share": "1", "reserves": "0", "set_up_cost": "0", "common_shock": "0"},
                {
                    "payment_lag_months": "0",
                    "up_front": "1",
                    "held": "prime",
                    "risk_passed": "0",
                    "volume_delivered": "0.2",
                },
                {"flat_zone": "fixed", "client_mix": "high_risk", "volume_delivered": "1.5", "max_effect": "0.05"},
                {
                    "contract_value": "500",
                    "clients": "1",
                    "minimum_hours": "0",
                    "contract_months": "22",
                    "case_cost": "0",
                },
            ]
        )
    ),
    ids=str,
)
def test_every_section_stands_at_the_ends_of_what_can_be_set(turn: int, settings: dict[str, str]) -> None:
    sections = turn_of(list(CHARTS), turn)
    at = visit(PAGE, part=sections[0], **settings)
    for section in sections:
        show(at, section)
        check(at, TITLE)
        assert not at.error


def test_all_of_the_providers_parameters_are_drawn_here() -> None:
    at = visit(PAGE, unfolded=FOLDS)
    drawn = {box.key for box in (*at.main.number_input, *at.main.selectbox)}
    assert {name for name, spec in specs().items() if spec.group == "provider"} <= drawn


def test_nonsense_is_refused_in_a_sentence_and_can_be_mended() -> None:
    cases = {
        "volume_delivered": ({"clients": "1", "volume_delivered": "0.4"}, "No client comes"),
        "payment_lag_months": (
            {"contract_months": "12", "payment_lag_months": "18"},
            "paid 18 months after the work, but the contract lasts 12",
        ),
    }
    for settings, sentence in cases.values():
        at = visit(PAGE, **settings)
        check(at, TITLE)
        assert [box.value for box in at.error] == [REFUSED]
        assert any(sentence in said.value for said in at.main.text)
        assert not at.main.metric
    at = visit(PAGE, clients="1", volume_delivered="0.4", unfolded=FOLDS)
    at.number_input("clients").set_value(5.0).run()
    assert not at.error
    assert at.main.metric


@pytest.mark.parametrize(("name", "value"), [("clients", "0"), ("reserves", "-1"), ("clients", "many")])
def test_what_no_provider_can_be_is_refused_in_the_link(name: str, value: str) -> None:
    at = visit(PAGE, **{name: value})
    check(at, TITLE)
    assert any(said.value.startswith(f"{name}: ") for said in at.main.text)


def test_giving_what_is_needed_comes_first_and_what_pays_best_leaves_more() -> None:
    at = visit(PAGE)
    scenario = Scenario()
    assert f"average year: {pounds(surplus.of(evaluated(scenario)).expected)} left" in at.main.metric[0].delta
    at.session_state["provider_hours"] = "Doing what pays best"
    at.run()
    check(at, TITLE)
    best = surplus.of(evaluated(scenario), "pays_best")
    assert f"average year: {pounds(best.expected)} left" in at.main.metric[0].delta


def test_the_cash_section_says_what_the_plan_comes_to() -> None:
    scenario = Scenario(reserves=20_000.0)
    at = visit(PAGE, reserves="20000", part="cash")
    found = cash.cash(cash.plan(scenario, surplus.of(evaluated(scenario))))
    assert found.trough < 0 < found.interest
    said = text(at)
    for number in (found.trough, found.loan, found.interest):
        assert pounds(number) in said


def test_the_questions_to_the_prime_can_be_taken_away_with_their_settings() -> None:
    scenario = Scenario(held="prime", clients=30.0, volume_delivered=0.84)
    at = visit(PAGE, held="prime", clients="30", volume_delivered="0.84", part="prime")
    found = prime.under_prime(evaluated(scenario))
    bank = cash.cash(cash.plan(scenario, surplus.of(evaluated(scenario))))
    asked = questions.questions(scenario, found, bank)
    assert all(f"**{question}** {why}" in text(at) for question, why in asked)
    page = questions.page(scenario, found, bank, "# heading; held=prime\n")
    assert all(question in page for question, _ in asked)
    assert page.splitlines()[-1] == "# heading; held=prime"
    assert max(len(line) for line in page.splitlines()) <= questions.WIDTH + 8
    button = next(b for b in at.main.get("download_button") if b.proto.label == "Download the questions")
    assert button.proto.url


def test_the_parameters_stay_while_a_table_is_asked_for() -> None:
    at = visit(PAGE, cohort="own_table", clients="12")
    at.run()
    upload(at, GOOD)
    assert at.number_input("clients").value == 12


def test_a_remedy_that_takes_too_long_leaves_the_rest_said(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_remedy = parts.remedy

    def too_long(evaluation: Evaluation, name: str) -> Remedy:
        if name == "clients":
            raise OverBudgetError.past(2)
        return kept_remedy(evaluation, name)

    monkeypatch.setattr(parts, "remedy", too_long)
    at = visit(PAGE)
    check(at, TITLE)
    found = trustees.verdict(evaluated(Scenario()))
    assert f"reserves at least {pounds(found.reserves)}" in text(at)
    assert "Whether another number of clients alone would do is not worked out here: that takes long." in text(at)
    assert f"{found.clients:.0f} clients (not every number" not in text(at)
    assert len(at.main.metric) == 3


def test_a_remedy_with_fewer_clients_stands_beside_its_reason_and_what_a_yes_means() -> None:
    """The reason had stood in the trustees' report alone: "few clients cannot spread luck", and yet fewer would do."""
    scenario = Scenario(clients=30.0, reserves=20_000.0)
    at = visit_with(PAGE, scenario)
    check(at, TITLE)
    found = trustees.verdict(evaluated(scenario))
    assert found.clients < scenario.clients
    why, means = verdict_words.why_so_many(found, scenario), verdict_words.meaning(found, scenario)
    assert why.startswith("Fewer clients can do where more cannot")
    assert f"{why} {means}" in [one.value for one in at.main.markdown]
    few = scenario.with_(clients=found.clients)
    at = visit_with(PAGE, few)
    assert at.main.subheader[0].value.startswith("Yes")
    assert verdict_words.meaning(trustees.answer(evaluated(few)), few) in text(at)


def test_a_part_that_a_link_names_is_drawn_before_what_might_turn_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of an opening goes into what its reader came for: the part had been left to another press."""
    asked: list[str] = []
    kept_stake, kept_together = parts.stake, parts.kept_together

    def stake(evaluation: Evaluation, hours: str) -> trustees.AtStake:
        asked.append("stake")
        return kept_stake(evaluation, hours)

    def together(evaluation: Evaluation, hours: str) -> Together:
        asked.append("together")
        return kept_together(evaluation, hours)

    def remedy(_: Evaluation, name: str) -> Remedy:
        asked.append(name)
        raise PutOffError

    for name, piece in (("stake", stake), ("kept_together", together), ("remedy", remedy)):
        monkeypatch.setattr(parts, name, piece)
    at = visit(PAGE, clients="37", part="together")
    check(at, TITLE)
    assert asked[:3] == ["stake", "together", "reserves"]
    assert len(at.main.metric) == 3
    assert at.main.get("plotly_chart")
    assert "alone would do is not worked out here: that takes long." in text(at)
    assert [one for one in at.main.button if one.key == "go_on"]


@pytest.mark.parametrize("problem", [PutOffError, ScenarioError("Not with these people.")])
def test_what_might_turn_a_no_is_told_where_a_part_is_not(
    problem: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def together(*_: object) -> Together:
        raise problem

    monkeypatch.setattr(parts, "kept_together", together)
    at = visit(PAGE, clients="38", part="together")
    found = trustees.verdict(evaluated(Scenario(clients=38)))
    assert f"reserves at least {pounds(found.reserves)}" in text(at)
    assert [one.value for one in at.main.error] == ([] if problem is PutOffError else [REFUSED])


def test_the_row_of_the_contract_itself_is_its_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence above the table is of the same contract: where others are coarser, both had stood there."""
    SHELF.empty()
    with effort.allowed(0.1):
        coarse = trustees.readings(evaluated(Scenario()), "needed")
    monkeypatch.setattr(trustees, "readings", lambda *_: coarse)
    SHELF.empty()
    year = surplus.of(evaluated(Scenario()))
    assert pounds(coarse["limited"].expected) != pounds(year.expected)
    at = visit_with(PAGE, Scenario(), part="year")
    row = next(text for text in words(at) if "Taken back up to the share" in text)
    assert pounds(year.expected) in row
