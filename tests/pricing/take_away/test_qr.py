"""The QR code: its size, its quiet zone, and none where a link is too long for any."""

import re

import pytest

from pricing.scenario.scenario import Scenario
from pricing.take_away import qr
from tests.pricing.take_away import covers


@pytest.mark.parametrize("scenario", [covers.OWN, covers.extreme()], ids=["own table", "all changed, cut short"])
def test_a_code_is_black_on_white_with_room_around_it(scenario: Scenario) -> None:
    link = covers.of(scenario).short_link[:2000]
    code = qr.draw(link)
    assert code is not None
    assert f'viewBox="0 0 {code.modules} {code.modules}"' in code.drawing
    assert (code.modules - 2 * qr.QUIET_ZONE - 17) % 4 == 0
    assert 'fill="#fff"' in code.drawing
    assert re.findall(r'<path class="qrline" stroke="#000" d="M(\d+) (\d+)', code.drawing)[0][0] == "4"
    assert link not in code.drawing


def test_a_link_may_be_too_long_for_any_code() -> None:
    """With every setting changed to as many digits as it takes; a report then has the link alone, in letters."""
    assert qr.draw(covers.of(covers.extreme()).short_link) is None
