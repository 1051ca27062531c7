"""Values of random types cross on all ways, in all encodings.

`COMPONIUM_EXAMPLES=10000 python -m pytest host/tests/values/test_random.py` tries more of them than CI does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.tests.echo.component import ENCODINGS
from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import same
from host.tests.echo.spelling_strategies import spellings
from host.tests.echo.type_strategies import parameter_types, wit_types
from host.tests.echo.value_strategies import values

if TYPE_CHECKING:
    from host.tests.echo.component import Encoding
    from host.tests.echo.wit_types import WitType

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "200"))
#: How many values cross in the component of each random type, which takes longer to make than they to cross.
VALUES = 5

#: Types are drawn in many small steps, which Hypothesis would find too many.
RANDOM = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


@RANDOM
@given(data=st.data(), ty=wit_types(), encoding=st.sampled_from(ENCODINGS))
def test_random_types(data: st.DataObject, ty: WitType, encoding: Encoding) -> None:
    """A value of any type comes out of guest and host as it went in."""
    echoes = Echoes(ty, encoding=encoding)
    drawn = data.draw(st.lists(values(ty, vars(echoes.exports)), min_size=1, max_size=VALUES))
    for value in drawn:
        assert same(value, echoes.crosses(value))


@RANDOM
@given(data=st.data(), types=parameter_types(), encoding=st.sampled_from(ENCODINGS))
def test_random_parameters(data: st.DataObject, types: tuple[WitType, ...], encoding: Encoding) -> None:
    """Values of any types beside each other come out as they went in, as core values or in memory."""
    echoes = Echoes(*types, encoding=encoding)
    drawn = data.draw(st.tuples(*(values(ty, vars(echoes.exports)) for ty in types)))
    assert same(drawn if len(drawn) > 1 else drawn[0], echoes.crosses(*drawn))


@RANDOM
@given(data=st.data(), ty=wit_types())
def test_random_spellings(data: st.DataObject, ty: WitType) -> None:
    """However a value is written, the same comes out."""
    echoes = Echoes(ty)
    value = data.draw(values(ty, vars(echoes.exports)))
    for written in data.draw(st.lists(spellings(ty, value), min_size=1, max_size=VALUES)):
        assert same(value, echoes.crosses(written))
