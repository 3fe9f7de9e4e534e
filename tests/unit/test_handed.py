"""Typed hand-over codes: what they open, and what is said of those that open nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.domain.faults import RequestFault
from minato_viewer.domain.handover import CHARACTERS, LANGUAGES, Handover, write
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Imprint
from minato_viewer.pages.paper import handover_code
from minato_viewer.planfile.reader import Plan
from minato_viewer.viewmodel.handed import Handed, handed
from tests.unit.reading import blocks, compose

TITLES = ["防災", "EVERY", "every", "4", "city center", "2021/policy/4", "Tokyo 2020", "K", ""]


def test_every_page_says_the_code_that_opens_it(plan: Plan) -> None:
    for node in plan.nodes():
        for tag in TAGS:
            (imprint,) = blocks(compose(plan, node.code, tag), Imprint)
            code = imprint.handover.rpartition(": ")[2]
            assert code == handover_code(plan, node.code, tag)
            assert handed(code, plan) == Handed(node.code, tag)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{plain}", "{spaced}"])
def test_a_code_may_be_typed_in_many_ways(typed: str, plan: Plan) -> None:
    code = handover_code(plan, "2024/issue/2", "ko")
    typed = typed.format(code, lower=code.lower(), plain=code.replace("-", ""), spaced=code.replace("-", " "))
    assert handed(typed, plan) == Handed("2024/issue/2", "ko")


@given(place=st.integers(0, 5), wrong=st.sampled_from(CHARACTERS + "ABDGILOQSUZ01"))
def test_a_wrong_character_opens_nothing_and_is_said(place: int, wrong: str, plan: Plan) -> None:
    code = list(handover_code(plan, "2024/issue/2", "ko"))
    if code[place] in ("-", wrong):
        return
    code[place] = wrong
    with pytest.raises(RequestFault) as fault:
        handed("".join(code), plan)
    assert "".join(code) in str(fault.value)


@pytest.mark.parametrize("words", TITLES)
def test_words_are_no_code(words: str, plan: Plan) -> None:
    assert handed(words, plan) is None


def test_a_right_code_of_another_plan_is_said_to_be_one(plan: Plan) -> None:
    code = write(Handover(9000, LANGUAGES[0]))
    with pytest.raises(RequestFault, match="another edition"):
        handed(code, plan)
    assert handed(code.replace("-", ""), plan) is None, "without the dash it may be a word"
