"""What is handed to widgets instead of globals."""

from __future__ import annotations

from typing import NamedTuple

from minato_viewer.pages import wording
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.furigana import Furigana
from minato_viewer.services.settings import Settings
from minato_viewer.services.theme import Theme
from minato_viewer.services.translator import Translator


class Context(NamedTuple):
    """The plan as this screen shows it, who composes its pages, live language and appearance, settings, furigana."""

    plan: Plan
    composer: Composer
    translator: Translator
    appearance: Appearance
    settings: Settings
    furigana: Furigana

    def for_visitors(self) -> Context:
        """Return the same for a screen before visitors, who may be shown no reference translation."""
        if self.settings.shows_references(staff=False):
            return self
        plan = self.plan.without_references()
        return self._replace(plan=plan, composer=self.composer.of(plan))

    @property
    def theme(self) -> Theme:
        """The theme as it is now; it is another one after each `appearance.changed`."""
        return self.appearance.theme


def notice(context: Context) -> str:
    """Return what the program says it is: an evaluation version, or what the commissioning city says instead."""
    return wording.notice(context.settings.notice, context.translator.messages)
