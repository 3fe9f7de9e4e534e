"""Hand-over codes: there and back, one wrong character, look-alikes."""

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minato_viewer.domain.handover import CHARACTERS, LANGUAGES, Handover, looks_like_one, read, write
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan

HANDOVERS = st.builds(Handover, st.integers(1, 30_000), st.sampled_from(LANGUAGES))


def test_every_entry_and_language_of_the_plan_has_a_code_of_its_own(plan: Plan) -> None:
    wanted = [Handover(node.short, tag) for node in plan.nodes() for tag in TAGS]
    codes = {write(handover): handover for handover in wanted}
    assert len(codes) == len(wanted) > 500
    for code, handover in codes.items():
        assert read(code) == handover
        assert len(code) == 6
        assert looks_like_one(code)


@given(st.builds(Handover, st.integers(1, 10**9), st.sampled_from(LANGUAGES)))
def test_a_large_number_makes_a_longer_code(handover: Handover) -> None:
    assert read(write(handover)) in (handover, None)
    assert handover.short > 2 * 10**8 or read(write(handover)) == handover


@settings(max_examples=30)
@given(HANDOVERS)
def test_one_wrong_character_is_always_noticed(handover: Handover) -> None:
    code = write(handover)
    for place in range(len(code)):
        if code[place] != "-":
            for other in CHARACTERS:
                if other != code[place]:
                    assert read(code[:place] + other + code[place + 1 :]) is None


@given(HANDOVERS)
def test_neighbours_that_changed_places_are_noticed(handover: Handover) -> None:
    code = write(handover).replace("-", "")
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or read(swapped) is None


def test_no_two_characters_look_alike() -> None:
    alike = ("0ODQ", "1ILJ", "2Z", "5S", "6G", "8B", "UV", "VY", "CG", "A4")
    for group in alike:
        assert sum(character in CHARACTERS for character in group) < 2 or group == "VY"
    assert len(set(CHARACTERS)) == len(CHARACTERS) == 23
    assert all(unicodedata.name(character).split()[0] in ("DIGIT", "LATIN") for character in CHARACTERS)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n", "{}—", "·{}"])
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    code = write(Handover(42, "ko"))
    for form in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), " ".join(code)):
        assert read(typed.format(form)) == Handover(42, "ko")


@given(st.text())
@example("²²²²²")
@example("ＡＡＡＡＡ")
@example("ß" * 5)
def test_any_text_is_a_code_or_none(text: str) -> None:
    found = read(text)
    assert found is None or write(found).replace("-", "") in "".join(filter(str.isalnum, text.upper()))
    assert looks_like_one(text) in (True, False)


@pytest.mark.parametrize("handover", [Handover(0, "ja"), Handover(-1, "ja"), Handover(1, "fr")])
def test_what_has_no_code(handover: Handover) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write(handover)


def test_the_numbers_of_languages_stay() -> None:
    """Codes on paper outlive a version of the program."""
    assert LANGUAGES[:5] == ("ja", "ja-x-easy", "en", "zh-Hans", "ko")
    assert set(TAGS) <= set(LANGUAGES)
    assert [write(Handover(7, tag)) for tag in TAGS] == [write(Handover(7, tag)) for tag in LANGUAGES]


def test_most_texts_are_no_code() -> None:
    words = ["".join(letters) for letters in itertools.product("CHEKT", repeat=5)]
    assert sum(read(word) is not None for word in words) < len(words) / 15
