"""The map page: groups side by side first, then what the room could carry together; a cell opens its statements."""

import streamlit as st

from facilitation import charts, coverage
from facilitation.agencies import AGENCIES
from facilitation.conference import Conference, statements
from facilitation.path import STAGES
from facilitation.screen import mapping
from facilitation.screen.desk_cards import card_picture
from facilitation.screen.parts import el, picture
from facilitation.screen.visit import Visit


class Chart:
    """One look at the map, for one run."""

    def __init__(self, visitor: Visit, conference: Conference) -> None:
        self.visitor, self.conference, self.spoken = visitor, conference, visitor.language
        self.say = visitor.say
        self.case = visitor.house.case(conference, visitor.language)

    def draw(self) -> None:
        """The page, from the headline down."""
        conference = self.conference
        picture(
            el(
                "nav.links",
                el("h1", self.say("map.title")),
                el("span.sample", self.say("demo.mark")) if conference.demo else None,
                el("a.button", self.say("page.facilitate"), href=f"/facilitate?c={conference.id}"),
            ),
            key="map-top",
        )
        scene, group = self._scope()
        said = coverage.scoped(statements(conference.cards.values(), texts=False), scene=scene or None)
        if not group:
            self._side_by_side(coverage.by_group(said))
        view = coverage.coverage(coverage.scoped(said, group=str(group) if group else None))
        self._together(view, group, scene)

    def _scope(self) -> tuple[int, int]:
        with st.container(horizontal=True):
            group = st.selectbox(
                self.say("map.of_group"),
                [0, *range(1, self.conference.groups + 1)],
                key="map-group",
                width=200,
                format_func=lambda n: self.say("group", n=n) if n else self.say("map.all_groups"),
            )
            scene = st.selectbox(
                self.say("map.of_scene"),
                [0, *self.conference.scenes],
                key="map-scene",
                width=320,
                format_func=lambda n: self.case.scenes[n - 1].title if n else self.say("map.all_scenes"),
            )
        return scene, group

    def _side_by_side(self, view: coverage.GroupStanding) -> None:
        picture(
            el(
                "section",
                el("h2", self.say("map.headline")),
                el("p.headline", mapping.group_sentence(view, self.spoken)),
                el("div.wide", mapping.groups_side_by_side(view, self.spoken, self.conference.groups)),
            ),
            key="map-groups",
        )
        if view.groups:
            with st.expander(self.say("map.as_chart")):
                st.plotly_chart(
                    charts.groups_by_stage(view, self.spoken), key="map-chart", config={"displaylogo": False}
                )

    def _together(self, view: coverage.Coverage, group: int, scene: int) -> None:
        title = self.say("group", n=group) if group else self.say("map.union")
        tree = el(
            "section",
            el("h2", title),
            mapping.rates(view, self.spoken),
            el("div.wide", mapping.by_type(view, self.spoken, self.conference.types, pressable=True)),
            mapping.legend(self.spoken),
            el("p.muted", self.say("map.open_cell")),
        )
        pressed = picture(tree, key="map-types")
        if pressed and pressed[0] == "cell":
            self._cell(pressed[1], pressed[2], group, scene)
        picture(
            el(
                "section",
                el("h2", self.say("map.by_stage")),
                mapping.sentences(view, self.spoken),
                mapping.caption(self.spoken),
            ),
            key="map-sentences",
        )

    def _cell(self, code: str, stage: str, group: int, scene: int) -> None:
        cards = [
            card
            for card in self.conference.cards.values()
            if card.readable
            and (card.type, card.stage) == (code, stage)
            and group in (0, card.group)
            and scene in (0, card.scene)
        ]
        name = self.say("map.cell", type=AGENCIES[code].short(self.spoken), stage=STAGES[stage].short(self.spoken))
        picture(el("section.card", el("h2", name), [card_picture(card, self.spoken) for card in cards]), key="map-cell")
