"""What is handed to widgets instead of globals."""

from typing import NamedTuple

from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.theme import Theme
from minato_viewer.services.translator import Translator


class Context(NamedTuple):
    """The open plan, who composes its pages, the live language and the theme."""

    plan: Plan
    composer: Composer
    translator: Translator
    theme: Theme
