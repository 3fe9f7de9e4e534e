"""What the settings files say is what the window does: in real processes, each with files of its own."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS, language
from minato_viewer.pages.blocks import Links
from minato_viewer.services.settings import THEMES as CHOICES
from minato_viewer.services.settings import Settings, Wording
from minato_viewer.ui.shell.about import AboutDialog
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, fetch_all
from tests.gui.pdfs import squeezed
from tests.gui.sitting import Home, dialogs, said, until_settled
from tests.gui.starting import viewer

Key = Qt.Key
LANGUAGE_KEYS = dict(zip(TAGS, (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6), strict=True))
NOT_OURS = "Evaluation version, not an official app of the city"
SIZES = ("smaller", "larger", "usual_size")
THEMES = tuple(f"theme-{choice}" for choice in CHOICES)
HERE = __name__


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


def language_buttons(desk: Desk) -> list[QPushButton]:
    found = [button for button in desk.window.findChildren(QPushButton) if button.objectName() == "language"]
    return sorted(found, key=lambda button: button.mapToGlobal(QPoint()).x())


def footer(desk: Desk) -> list[QLabel]:
    return [label for label in desk.labels() if label.parent().objectName() == "footer"]


# -- languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "offered", [("ko", "ja"), ("zh-Hans", "en", "ja-x-easy"), ("en",), tuple(reversed(TAGS))], ids=" ".join
)
def test_the_bar_shows_the_offered_languages_in_their_order_each_with_its_key(
    offered: tuple[str, ...], open_desk: OpenDesk
) -> None:
    desk = open_desk(offered[0], settings=Settings(languages=offered))
    assert [button.text() for button in language_buttons(desk)] == [language(tag).name for tag in offered]
    for tag, key in LANGUAGE_KEYS.items():
        before = desk.translator.tag
        desk.press(key)
        assert desk.translator.tag == (tag if tag in offered else before)
        assert [button.isChecked() for button in language_buttons(desk)] == [
            tag == desk.translator.tag for tag in offered
        ]
    number = [button.toolTip().split("F")[-1][0] for button in language_buttons(desk)]
    assert number == [str(TAGS.index(tag) + 2) for tag in offered], "the key that the tip names is the key that works"


def test_the_program_starts_in_an_offered_language(home: Home) -> None:
    home.set('languages = ["ko", "en"]')
    names = [language(tag).name for tag in ("ko", "en")]
    for arguments, variables, tag in (
        ((), {"LC_ALL": "ja_JP.UTF-8"}, "ko"),
        ((), {"LC_ALL": "en_US.UTF-8"}, "en"),
        (("--lang", "en"), {}, "en"),
        (("--lang", "zh-Hans"), {}, "ko"),
    ):
        ended, seen = home.start(*arguments, **variables)
        assert ended.code == 0
        assert (seen["lang"], seen["languages"]) == (tag, names)
    home.set('languages = ["ko", "en"]\nlanguage = "en"')
    assert home.start(LC_ALL="ko_KR.UTF-8")[1]["lang"] == "en"


def test_the_window_of_a_fault_offers_the_same_languages(home: Home, tmp_path: Path) -> None:
    home.set('languages = ["en"]')
    pictures = []
    for name, content in (("one", 'languages = ["en"]'), ("all", "")):
        home.set(content)
        picture = tmp_path / f"{name}.png"
        ended = viewer("--plan", tmp_path / "none", "--lang", "en", "--screenshot", picture, **home.variables)
        assert ended.code == 3
        pictures.append(QImage(str(picture)))
    assert pictures[0].size() == pictures[1].size()
    assert pictures[0] != pictures[1]


# -- the district --------------------------------------------------------------------------------


SECTION = "2024/section/districts"
NO_DISTRICT = "{file}, line {line}: the plan has no district {name}; lists stay in their usual order."


def orders_of_districts(window) -> list[list[str]]:
    """Return the districts as page, search, menu of the search and contents list them."""
    page = [link.code for block in window.pane.page.blocks if isinstance(block, Links) for link in block.links]
    window.search.look_for("地区版計画")
    panel = window.search.panel
    panel.await_results()
    found = [panel.model.code(row) for row in range(panel.model.rowCount())]
    model = window.navigator.model
    tree = [index.data(Role.CODE) for index in fetch_all(model, model.index_of(SECTION))]
    orders = (page, found, panel.scope._choices["district"], tree)
    return [[code.rpartition("/")[2] for code in order if "/district/" in code] for order in orders]


@pytest.mark.parametrize("name", ["settings.toml", "policy.toml"])
def test_the_district_of_the_files_comes_first_and_the_contents_follow_the_plan(name: str, home: Home) -> None:
    home.set('district = "takanawa"', of="machine", name=name)
    ended, seen = home.start("--lang", "ja", "--open", SECTION, deed=f"{HERE}:orders_of_districts")
    assert (ended.code, ended.sentences) == (0, [])
    page, found, menu, tree = seen["result"]
    assert page == ["takanawa", "shiba", "azabu", "akasaka", "shibaura-konan"]
    assert found[0] == menu[0] == "takanawa"
    assert sorted(found) == sorted(menu) == sorted(page)
    assert tree == ["shiba", "azabu", "akasaka", "takanawa", "shibaura-konan"]


def test_a_pdf_has_the_order_of_the_page(home: Home, tmp_path: Path) -> None:
    home.set('district = "takanawa"')
    path = tmp_path / "page.pdf"
    ended, _ = home.start("--lang", "ja", "--open", SECTION, "--pdf", path)
    assert (ended.code, ended.sentences) == (0, [])
    text = squeezed("".join(page.extract_text() for page in PdfReader(path).pages))
    places = [text.index(f"{district}地区版計画") for district in ("高輪", "芝", "麻布", "赤坂", "芝浦港南")]
    assert places == sorted(places)


@pytest.mark.parametrize("tag", TAGS)
def test_an_unknown_district_is_said_with_its_place(tag: str, home: Home) -> None:
    file = home.set('\ndistrict = "nowhere"\n')
    ended, seen = home.start("--lang", tag, deed="tests.gui.sitting:said")
    sentence = messages(tag).gettext(NO_DISTRICT, file=file, line=2, name="nowhere")
    assert (ended.code, ended.sentences, seen["code"]) == (0, [sentence], "2024")
    assert seen["result"] == [["settings", messages(tag).gettext(SOME), sentence]]


# -- the first entry -----------------------------------------------------------------------------


def test_the_start_entry_is_shown_first(home: Home) -> None:
    home.set('start = "2024/district/azabu"')
    ended, seen = home.start()
    assert (ended.code, ended.sentences, seen["code"]) == (0, [], "2024/district/azabu")
    assert home.start("--open", "2021/policy/4")[1]["code"] == "2021/policy/4"


UNKNOWN = "{file}, line {line}: there is no entry with the code {code}; the current edition is shown first."


@pytest.mark.parametrize("tag", TAGS)
def test_an_unknown_start_is_said_with_its_place_and_the_current_edition_shown(tag: str, home: Home) -> None:
    file = home.set('\n# ours\nstart = "2024/district/nowhere"\n')
    ended, seen = home.start("--lang", tag, deed="tests.gui.sitting:said")
    sentence = messages(tag).gettext(UNKNOWN, file=file, line=3, code="2024/district/nowhere")
    assert (ended.code, ended.sentences, seen["code"]) == (0, [sentence], "2024")
    assert seen["result"] == [["settings", messages(tag).gettext(SOME), sentence]]


def test_an_unknown_start_is_no_matter_where_another_entry_is_shown(home: Home) -> None:
    home.set('start = "2024/district/nowhere"')
    ended, seen = home.start("--open", "2021/policy/4")
    assert (ended.sentences, seen["code"]) == ([], "2021/policy/4")
    assert home.remembered()["code"] == "2021/policy/4"
    ended, seen = home.start()
    assert (ended.sentences, seen["code"]) == ([], "2021/policy/4")


def test_where_what_is_remembered_is_gone_the_start_entry_is_shown(home: Home) -> None:
    home.set('start = "2024/issue/2"')
    home.remember(code="2019/policy/1")
    ended, seen = home.start()
    assert (ended.code, ended.sentences, seen["code"]) == (0, [], "2024/issue/2")


def test_a_start_that_the_policy_sets_wins_over_what_is_remembered(home: Home) -> None:
    home.remember(code="2021/policy/4")
    home.set('start = "2024/issue/2"', of="machine")
    assert home.start()[1]["code"] == "2021/policy/4"
    home.set('start = "2024/issue/2"', of="machine", name="policy.toml")
    assert home.start()[1]["code"] == "2024/issue/2"
    assert home.start("--open", "2021/policy/3")[1]["code"] == "2021/policy/3", "opening an entry sets no key"


# -- theme and text size -------------------------------------------------------------------------


def colours(window) -> dict[str, object]:
    """Return what shows theme and text size without asking for their names."""
    palette = QApplication.palette()
    image = window.grab().toImage()
    return {
        "ink": palette.windowText().color().name(),
        "paper": image.pixelColor(2, 2).name(),
        "letters": window.navigator.filter.font().pixelSize(),
    }


def test_theme_and_text_size_are_those_of_the_files(home: Home) -> None:
    home.set('theme = "light"\nremember = false')
    usual = home.start(deed=f"{HERE}:colours")[1]["result"]
    assert (usual["paper"], usual["letters"]) == ("#ffffff", 16)
    home.set('theme = "dark"\ntext_size = 150\nremember = false')
    seen = home.start(deed=f"{HERE}:colours")[1]
    assert (seen["theme"], seen["text_size"]) == ("dark", 150)
    assert seen["result"]["letters"] == 24
    assert seen["result"]["paper"] < "#404040"
    assert seen["result"]["ink"] > "#c0c0c0"
    seen = home.start("--theme", "light", "--text-size", "125", deed=f"{HERE}:colours")[1]
    assert seen["result"] == {**usual, "letters": 20}, "the command line wins over the files"


def turn_the_wheel(window) -> list[int]:
    """Turn the wheel with Ctrl over window and page, press the keys, try every action; return the sizes."""
    sizes = []
    for steps in (1, -1, -2):
        place = QPointF(window.rect().center())
        event = QWheelEvent(
            place, window.mapToGlobal(place), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(window, event)
        sizes.append(window._context.appearance.text_size)
    for name in (*SIZES, *THEMES):
        window.actions_by_id[name].trigger()
    return sizes


def test_what_the_policy_sets_nothing_changes(home: Home) -> None:
    home.set('theme = "light"\ntext_size = 100')
    home.remember(theme="light", text_size=200)
    home.set('theme = "contrast"\ntext_size = 150', of="machine", name="policy.toml")
    ended, seen = home.start("--theme", "dark", "--text-size", "125", deed=f"{HERE}:turn_the_wheel")
    assert (ended.code, ended.sentences) == (0, [])
    assert (seen["theme"], seen["text_size"], seen["result"]) == ("contrast", 150, [150, 150, 150])
    assert not any(seen["enabled"][name] for name in (*SIZES, *THEMES))
    assert seen["enabled"]["find"]


@pytest.mark.parametrize(("key", "fixed", "free"), [("theme", THEMES, SIZES), ("text_size", SIZES, THEMES)])
def test_a_control_is_off_where_its_key_is_fixed_and_nowhere_else(
    key: str, fixed: tuple[str, ...], free: tuple[str, ...], open_desk: OpenDesk
) -> None:
    desk = open_desk("ja", text_size=125, settings=Settings(fixed=frozenset({key})))
    assert not any(desk.action(name).isEnabled() for name in fixed)
    assert all(desk.action(name).isEnabled() for name in free)
    desk.press(Key.Key_F4)
    desk.window.open_entry("2021/policy/4")
    assert not any(desk.action(name).isEnabled() for name in fixed)
    for pressed in (Key.Key_Plus, Key.Key_Minus, Key.Key_0):
        desk.press(pressed, Qt.KeyboardModifier.ControlModifier)
    assert desk.appearance.text_size == (125 if key == "text_size" else 100)


def test_a_free_text_size_changes_by_the_wheel(home: Home) -> None:
    seen = home.start("--text-size", "125", deed=f"{HERE}:turn_the_wheel")[1]
    assert seen["result"] == [150, 125, 100]
    assert seen["theme"] == "contrast", "the last of the actions"


# -- office, notice, terminal --------------------------------------------------------------------


def test_office_and_notice_stand_in_the_footer_in_the_readers_language(open_desk: OpenDesk) -> None:
    office = Wording("", (("ja", "麻布地区総合支所"), ("en", "Azabu Regional City Office")))
    notice = Wording("", (("ja", "試行中のアプリです"), ("ko", "시범 운영")))
    desk = open_desk("ja", settings=Settings(office=office, notice=notice))
    for tag in (*TAGS, "ja"):
        desk.press(LANGUAGE_KEYS[tag])
        shown = [label.text() for label in footer(desk)]
        said_in = {"ja": "ja", "ja-x-easy": "ja"}.get(tag, tag)
        wanted = dict(notice.by_language).get(said_in) or messages(tag).gettext(NOT_OURS)
        assert shown[0] == wanted
        named = dict(office.by_language).get(said_in)
        assert (named in shown) if named else not {text for _, text in office.by_language} & set(shown)


def test_a_notice_of_the_files_is_the_notice_of_the_window(home: Home) -> None:
    home.set('notice = "試行中"\noffice = "港南"')
    for tag in ("ja", "en"):
        labels = home.start("--lang", tag)[1]["labels"]
        assert {"試行中", "港南"} <= set(labels)
        assert messages(tag).gettext(NOT_OURS) not in labels


@pytest.mark.parametrize("text", ["<b>x</b>", "<img src='file:///etc/hostname'>", "A & B &amp; C", "50 %s {office}"])
def test_words_of_the_files_are_text_and_never_markup(text: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", settings=Settings(office=Wording(text), notice=Wording(text), terminal=text))
    labels = [label for label in footer(desk) if label.text() == text]
    assert len(labels) == 2
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.width() >= label.fontMetrics().horizontalAdvance(text) > 20, "every character has its room"
    about = opened_about(desk)
    (notice,) = [label for label in about.findChildren(QLabel) if label.text() == text]
    assert notice.textFormat() == Qt.TextFormat.PlainText
    assert f"Terminal: {text}" in versions(about)


def opened_about(desk: Desk) -> AboutDialog:
    desk.action("about").trigger()
    QCoreApplication.processEvents()
    (about,) = [widget for widget in desk.window.findChildren(AboutDialog) if widget.isVisible()]
    return about


def versions(about: AboutDialog) -> list[str]:
    shown = [view for view in about.findChildren(QPlainTextEdit) if view.isVisible()]
    return shown[0].toPlainText().splitlines()


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("text", ["港" * 200, "Trial version. " * 13])
def test_the_longest_notice_is_read_whole_and_makes_no_window_wider_than_its_screen(
    text: str, size: int, open_desk: OpenDesk
) -> None:
    text = text.strip()
    desk = open_desk("ja", size=(1024, 768), text_size=size, settings=Settings(notice=Wording(text)))
    assert desk.window.width() == 1024
    (notice,) = [label for label in footer(desk) if label.text() == text]
    needed = notice.fontMetrics().boundingRect(0, 0, notice.width(), 9999, Qt.TextFlag.TextWordWrap, text)
    assert notice.height() >= needed.height() > notice.fontMetrics().height()
    desk.window.resize(1600, 900)
    QCoreApplication.processEvents()
    assert len(footer(desk)) == 1, "no room for more"


def test_a_long_notice_is_one_line_again_where_there_is_room(open_desk: OpenDesk) -> None:
    text = "This app is on trial until the end of March; ask the staff at the counter about whatever you miss in it."
    desk = open_desk("en", size=(650, 700), settings=Settings(notice=Wording(text)))
    height = footer(desk)[0].height()
    desk.window.resize(1500, 700)
    QCoreApplication.processEvents()
    assert len(footer(desk)) == 4, "notice, period, edition, content"
    assert footer(desk)[0].height() < height
    desk.window.resize(650, 700)
    QCoreApplication.processEvents()
    assert footer(desk)[0].height() == height
    assert footer(desk)[0].text() == text


@pytest.mark.parametrize("tag", TAGS)
def test_about_names_the_terminal_where_it_has_a_name(tag: str, open_desk: OpenDesk) -> None:
    line = messages(tag).gettext("Terminal: {name}", name="Azabu 3")
    assert line in versions(opened_about(open_desk(tag, settings=Settings(terminal="Azabu 3"))))
    lines = versions(opened_about(open_desk(tag)))
    assert not any(text.startswith(line.split("Azabu", maxsplit=1)[0].strip()) for text in lines)


def mistake(window) -> Iterator[object]:
    """Make a mistake of ours in the middle of the work."""
    QTimer.singleShot(0, window, fail)
    yield said_of_a_crash


def fail() -> None:
    raise RuntimeError("a mistake of ours")


def said_of_a_crash() -> list[str]:
    return [dialog.objectName() for dialog in dialogs() if dialog.objectName() == "crash"]


@pytest.mark.parametrize("name", ["Azabu 3", "麻布 3番窓口"])
def test_a_crash_report_names_the_terminal(name: str, home: Home) -> None:
    home.set(f'terminal = "{name}"\nremember = false')
    ended, _ = home.start(deed=f"{HERE}:mistake")
    assert ended.code == 0
    (report,) = home.written()
    lines = (home.folder / "state" / report).read_text("utf-8").splitlines()
    assert f"terminal: {name}" in lines[:8], "at the head, above the trace"
    assert "RuntimeError: a mistake of ours" in lines


def test_a_crash_report_of_a_nameless_terminal_says_nothing_of_it(home: Home) -> None:
    home.set("remember = false")
    home.start(deed=f"{HERE}:mistake")
    (report,) = home.written()
    assert "terminal" not in (home.folder / "state" / report).read_text("utf-8")


# -- mistakes in the files -----------------------------------------------------------------------

SOME = "Some settings cannot be used. Please tell whoever looks after this machine."
CHOICE = "{file}, line {line}: {key} must be one of {choices}; {used} is used."
NEAREST = "{file}, line {line}: the key {key} is not known and is ignored; perhaps {nearest} is meant."


def three_mistakes(home: Home, tag: str) -> list[str]:
    """Write files with three mistakes and return the sentences about them, in the order of the files."""
    own = home.set('text_size = 125\ntheme = "blue"\ntxt_size = 150\n')
    machine = home.set("\n\ntext_size = 99\n", of="machine")
    policy = home.set("terminal = 5\n", of="program", name="policy.toml")
    sizes, themes = "100, 125, 150, 175, 200", '"system", "light", "dark", "contrast"'
    say = messages(tag).gettext
    text = "{file}, line {line}: {key} must be a text in one line of at most {most} characters; {used} is used."
    return [
        say(CHOICE, file=machine, line=3, key="text_size", choices=sizes, used="125"),
        say(CHOICE, file=own, line=2, key="theme", choices=themes, used='"system"'),
        say(NEAREST, file=own, line=3, key="txt_size", nearest="text_size"),
        say(text, file=policy, line=1, key="terminal", most=200, used='""'),
    ]


@pytest.mark.parametrize("tag", TAGS)
def test_mistakes_are_said_on_stderr_and_in_a_dialog_in_the_interface_language(tag: str, home: Home) -> None:
    sentences = three_mistakes(home, tag)
    ended, seen = home.start("--lang", tag, deed="tests.gui.sitting:said")
    assert (ended.code, ended.sentences) == (0, sentences)
    assert seen["result"] == [["settings", messages(tag).gettext(SOME), "\n".join(sentences)]]
    assert (seen["lang"], seen["text_size"], seen["theme"], seen["code"]) == (tag, 125, "system", "2024")


def goes_on(window) -> Iterator[object]:
    """Close the dialog and open an entry."""
    yield from until_settled()
    (dialog,) = dialogs()
    dialog.accept()
    yield lambda: not dialogs()
    window.open_entry("2021/policy/4")
    return window.isActiveWindow()


def test_the_program_goes_on_after_a_mistake(home: Home) -> None:
    three_mistakes(home, "ja")
    ended, seen = home.start(deed=f"{HERE}:goes_on")
    assert (ended.code, seen["code"]) == (0, "2021/policy/4")


@pytest.mark.parametrize(
    "content",
    ["theme = ", "\x00", "[[[[", 'theme = "dark"\ntheme = "dark"', "= 3", "office = {ja = 3}", "# " + "x" * 3000],
)
def test_a_file_that_is_nothing_never_stops_the_start(content: str, home: Home) -> None:
    file = home.set(content)
    ended, seen = home.start("--lang", "en")
    assert (ended.code, len(ended.sentences), seen["code"]) == (0, 1, "2024")
    assert str(file) in ended.sentences[0]
    assert "line 1" in ended.sentences[0] or "line 2" in ended.sentences[0]


def test_a_picture_and_a_timing_say_mistakes_on_stderr_alone(home: Home, tmp_path: Path) -> None:
    sentences = three_mistakes(home, "en")
    unknown = 'start = "2024/district/nowhere"\n'
    home.set(unknown, of="program")
    sentences.append(
        messages("en").gettext(
            UNKNOWN, file=home.folder / "program" / "settings.toml", line=1, code="2024/district/nowhere"
        )
    )
    picture = tmp_path / "page.png"
    ended, seen = home.start("--lang", "en", "--screenshot", picture)
    assert (ended.code, ended.sentences, seen) == (0, sentences, {})
    ended, _ = home.start("--lang", "en", "--timing")
    assert (ended.code, ended.sentences) == (0, sentences)
    assert json.loads(ended.out).keys() == {"first_paint", "content"}
    for path in chain(*(home.folder.glob(f"{of}/**/*.toml") for of in ("config", "machine", "program"))):
        path.unlink()
    clean = tmp_path / "clean.png"
    home.start("--lang", "en", "--text-size", "125", "--screenshot", clean)
    assert QImage(str(picture)) == QImage(str(clean)), "no dialog is on it"


def test_many_mistakes_are_said_in_a_dialog_that_fits_the_screen(home: Home) -> None:
    home.set("".join(f"no_such_key_{number}_{'x' * 40} = 1\n" for number in range(60)))
    home.set("".join(f"nor_such_{number} = 1\n" for number in range(60)), of="machine")
    ended, seen = home.start("--lang", "ja", deed=f"{HERE}:size_of_the_dialog")
    assert len(ended.sentences) == 40
    width, height, named, all_of_them = seen["result"]
    assert width <= 800
    assert height <= 800
    assert 1 <= named < 40
    assert all_of_them == ended.sentences


def size_of_the_dialog(window) -> Iterator[object]:
    yield from until_settled()
    (dialog,) = dialogs()
    yield dialog.isActiveWindow
    details = dialog.detailedText().splitlines()
    return [dialog.width(), dialog.height(), len(dialog.informativeText().splitlines()), details]


def test_a_mistake_is_said_beside_the_fault_of_the_plan_file(home: Home, tmp_path: Path) -> None:
    file = home.set("remember = 1")
    ended = viewer(
        "--plan", tmp_path / "none", "--lang", "en", "--screenshot", tmp_path / "fault.png", **home.variables
    )
    assert ended.code == 3
    assert any(str(file) in sentence for sentence in ended.sentences)


def test_the_deeds_of_these_tests_are_there() -> None:
    assert all(
        callable(deed)
        for deed in (said, orders_of_districts, colours, turn_the_wheel, mistake, goes_on, size_of_the_dialog)
    )
