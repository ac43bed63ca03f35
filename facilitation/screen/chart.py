"""The map page: groups side by side first, then what the room could carry together; a cell opens its statements. Beside
it the route map and the findings, each behind its own tab; only the open one is drawn."""

import streamlit as st

from facilitation import checking, coverage
from facilitation.agencies import AGENCIES
from facilitation.charts.groups import groups_by_stage
from facilitation.conference import Conference, statements
from facilitation.path import STAGES
from facilitation.screen import findings_pictures, mapping
from facilitation.screen.desk_cards import card_picture
from facilitation.screen.parts import el, picture
from facilitation.screen.route_words import routes_of, scene_words, until_words
from facilitation.screen.tabs import tabs
from facilitation.screen.visit import Visit
from facilitation.statements import Statement


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
        found = {
            "map": self._map,
            "route": self._routes,
            "bridges": self._between,
            "helps": self._helping,
            "roles": self._roles,
            "tracks": self._tracks,
        }
        opened = tabs(self.visitor, {name: self.say(f"findings.{name}") for name in found}, key="map")
        found[opened](group, scene)

    def _said(self, group: int, scene: int, *, texts: bool = False) -> tuple[Statement, ...]:
        """The statements of the scope; 0 is no limit."""
        said = statements(self.conference.cards.values(), texts=texts)
        return coverage.scoped(said, group=str(group) if group else None, scene=scene or None)

    def _map(self, group: int, scene: int) -> None:
        if not group:
            self._side_by_side(coverage.by_group(self._said(0, scene)))
        self._together(coverage.coverage(self._said(group, scene)), group, scene)

    def _routes(self, group: int, scene: int) -> None:
        """The route map, growing scene by scene: up to the chosen one, else up to where the replay stands."""
        upto = scene or self._replay()
        view = routes_of(self.conference, upto, group)
        until = until_words(self.conference, upto, self.spoken)
        picture(findings_pictures.routes(view, self.spoken, until), key="map-route")

    def _replay(self) -> int:
        scenes = self.conference.scenes
        if not scenes:
            return 0
        chosen = st.segmented_control(
            self.say("route.replay"),
            [*scenes, 0],
            default=0,
            format_func=lambda n: scene_words(self.conference, n, self.spoken),
            key="map-replay",
            required=True,
        )
        return int(chosen or 0)

    def _between(self, group: int, scene: int) -> None:
        tree = findings_pictures.between(self._said(group, scene), self.case, self.spoken)
        picture(tree, key="map-bridges")

    def _helping(self, group: int, scene: int) -> None:
        picture(findings_pictures.helping(self._said(group, scene), self.spoken), key="map-helps")

    def _roles(self, group: int, scene: int) -> None:
        picture(findings_pictures.roles(self.conference, self.spoken), key="map-roles")

    def _tracks(self, group: int, scene: int) -> None:
        said = self._said(group, scene, texts=True)
        picture(findings_pictures.tracks(said, self.spoken, self.conference.types), key="map-tracks")

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
                st.plotly_chart(groups_by_stage(view, self.spoken), key="map-chart", config={"displaylogo": False})

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
        picture(
            el(
                "section.card",
                el("h2", name),
                [card_picture(checking.veiled(card, self.spoken), self.spoken) for card in cards],
            ),
            key="map-cell",
        )
