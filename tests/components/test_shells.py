"""Page shells: one heading, one main, landmarks, and what replaces a page that cannot be shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import reflex as rx

from stageplus.components import (
    Frame,
    NavItem,
    coach_nav,
    company_nav,
    desk_shell,
    document_head,
    learner_nav,
    learner_shell,
    offa_nav,
    operator_nav,
    own_shell,
    public_shell,
)
from stageplus.components.document import ASSETS, PAPER
from tests.components.rendered import attribute, plain, tags, text_of

KNOWN = Frame(
    name="Nour Exemple", person="42", csrf="jeton", signed_in=True, home="/offres", waiting="3", role="company"
)


def _learner(frame: Frame) -> rx.Component:
    return learner_shell("contenu", title="Offres", active="offres", frame=frame)


def _desk(frame: Frame) -> rx.Component:
    return desk_shell(company_nav(), "contenu", title="Offres", active="offres", frame=frame)


def _public(frame: Frame) -> rx.Component:
    return public_shell("contenu", title="Offres", frame=frame)


def _own(frame: Frame) -> rx.Component:
    return own_shell("contenu", title="Offres", active="offres", frame=frame)


Shell = Callable[[Frame], rx.Component]
every_shell = pytest.mark.parametrize("shell", [_learner, _desk, _public, _own])


@every_shell
def test_a_page_has_one_main_one_heading_and_its_landmarks(shell: Shell) -> None:
    page = shell(KNOWN)
    (main,) = tags(page, "main")
    assert plain(main.id) == "contenu"
    assert [text_of(heading) for heading in tags(page, "h1")] == ["Offres"]
    assert [len(tags(page, landmark)) for landmark in ("header", "footer")] == [1, 1]
    assert all(attribute(nav, "aria-label") for nav in tags(page, "nav"))


@every_shell
def test_the_first_link_skips_to_the_content(shell: Shell) -> None:
    first = tags(shell(KNOWN), "a")[0]
    assert (text_of(first), attribute(first, "href")) == ("Aller au contenu", "#contenu")


@every_shell
def test_the_legal_pages_are_one_tap_away(shell: Shell) -> None:
    (footer,) = tags(shell(KNOWN), "footer")
    targets = {attribute(link, "to") for link in tags(footer, "Link")}
    assert targets == {"/aide", "/statistiques", "/accessibilite", "/vie-privee", "/conditions"}


@every_shell
def test_drafts_belong_to_the_person_on_the_page(shell: Shell) -> None:
    assert attribute(shell(KNOWN), "data-person") == "42"


@every_shell
def test_the_connection_is_told_in_french(shell: Shell) -> None:
    (banner,) = [part for part in tags(shell(KNOWN), "div") if "data-connection" in part.custom_attrs]
    assert attribute(banner, "data-lost-text").startswith("Connexion perdue. Ce que ")
    assert plain(banner.role) == "status"
    assert banner.children == []


def test_learners_are_told_tu_and_companies_vous() -> None:
    words = {}
    for shell in (_learner, _desk):
        (banner,) = [part for part in tags(shell(KNOWN), "div") if "data-connection" in part.custom_attrs]
        words[shell] = attribute(banner, "data-lost-text")
    assert "tu as écrit" in words[_learner]
    assert "vous avez écrit" in words[_desk]


@pytest.mark.parametrize("shell", [_learner, _desk, _own])
def test_signing_out_is_a_plain_post(shell: Shell) -> None:
    (form,) = tags(shell(KNOWN), "form")
    assert plain(form.action) == "/auth/deconnexion"
    assert "data-sign-out" in form.custom_attrs
    assert text_of(tags(form, "button")[0]) == "Se déconnecter"


@pytest.mark.parametrize("shell", [_learner, _desk, _own])
def test_nobody_signs_out_without_a_token(shell: Shell) -> None:
    assert tags(shell(Frame()), "form") == []


@pytest.mark.parametrize("shell", [_learner, _desk, _own])
def test_the_page_one_is_on_is_marked(shell: Shell) -> None:
    marked = [text_of(link) for link in tags(shell(KNOWN), "Link") if attribute(link, "aria-current") == "page"]
    assert marked == ["Offres"]


def test_what_waits_is_counted_in_the_navigation() -> None:
    nav = next(part for part in tags(_desk(KNOWN), "nav"))
    assert "Candidatures 3 à traiter" in text_of(nav)
    assert "à traiter" not in text_of(_desk(Frame()))


def test_each_entry_of_an_operator_counts_its_own() -> None:
    frame = replace(KNOWN, role="operator", waiting="3", claims="2", reported="5")
    words = text_of(desk_shell(operator_nav(), "contenu", title="Codes", active="codes", frame=frame))
    assert "Mises en relation 3 à traiter" in words
    assert "Demandes d’accès 2 à traiter" in words
    assert "Codes d’activation 5 à traiter" in words


@pytest.mark.parametrize("shell", [_learner, _desk, _own])
def test_the_bell_says_how_much_is_not_read(shell: Shell) -> None:
    for count, name in (("4", "Notifications, 4 non lues"), ("", "Notifications")):
        page = shell(replace(KNOWN, notices=count))
        (bell,) = [each for each in tags(page, "Link") if attribute(each, "to") == "/notifications"]
        assert (attribute(bell, "aria-label"), text_of(bell)) == (name, f"Notifications {count}".strip())


def test_nobody_who_is_not_signed_in_has_a_bell() -> None:
    assert "/notifications" not in {attribute(each, "to") for each in tags(_own(Frame()), "Link")}


@pytest.mark.parametrize(
    ("role", "entry", "kind"), [("learner", "Candidatures", "learner"), ("coach", "Mes secteurs", "desk")]
)
def test_a_page_of_everybody_stands_in_the_frame_of_ones_role(role: str, entry: str, kind: str) -> None:
    page = _own(Frame(role=role, signed_in=True))
    assert entry in text_of(tags(page, "nav")[0])
    assert plain(page.class_name) == f"app {kind}"


def test_a_page_of_everybody_is_public_for_nobody() -> None:
    assert plain(_own(Frame()).class_name) == "app public"


@every_shell
@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        (Frame(home="/offres", denied=True), "Cette page n’est pas pour votre profil"),
        (Frame(home="/offres", missing=True), "Page introuvable"),
        (Frame(home="/offres", fault="REF-1"), "Une erreur s’est produite chez nous"),
    ],
)
def test_trouble_replaces_the_page_and_leads_home(shell: Shell, trouble: Frame, title: str) -> None:
    (main,) = tags(shell(trouble), "main")
    assert [text_of(heading) for heading in tags(main, "h1")] == [title]
    assert "contenu" not in text_of(main)
    assert [attribute(link, "to") for link in tags(main, "Link")] == ["/offres"]
    assert trouble.fault in text_of(main)


def test_a_refused_page_does_not_show_the_navigation_of_another_role() -> None:
    assert "Offres" in text_of(_desk(Frame()))
    assert "Offres" not in text_of(_desk(Frame(denied=True, home="/coach")))


def test_a_refusal_hides_even_the_fault() -> None:
    (main,) = tags(_learner(Frame(denied=True, missing=True, fault="REF-1")), "main")
    assert text_of(tags(main, "h1")[0]) == "Cette page n’est pas pour votre profil"


@pytest.mark.parametrize(("loading", "shown"), [(True, "Offres formes"), (False, "Offres contenu")])
def test_grey_shapes_stand_in_until_the_data_are_there(loading: bool, shown: str) -> None:
    page = learner_shell("contenu", title="Offres", frame=Frame(loading=loading), skeleton=rx.el.p("formes"))
    assert text_of(tags(page, "main")[0]) == shown


def test_a_public_page_offers_the_door_that_fits() -> None:
    outside, inside = text_of(_public(Frame())), text_of(_public(KNOWN))
    assert ("Se connecter" in outside, "Mon espace" in outside) == (True, False)
    assert ("Se connecter" in inside, "Mon espace" in inside) == (False, True)


@pytest.mark.parametrize("nav", [learner_nav(), company_nav(), coach_nav(), operator_nav(), offa_nav()])
def test_navigation_entries_are_unique(nav: tuple[NavItem, ...]) -> None:
    assert len({item.key for item in nav}) == len({item.href for item in nav}) == len(nav)


def test_the_head_names_only_files_that_exist() -> None:
    for tag in document_head():
        for source in (attribute(tag, "href"), attribute(tag, "src")):
            assert not source or (ASSETS / source.strip("/").split("?")[0]).is_file()


def test_the_browser_bar_has_the_colour_of_the_page() -> None:
    tokens = (ASSETS / "tokens.css").read_text()
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    assert f"--paper: {PAPER['light']};" in light
    assert f"--paper: {PAPER['dark']};" in dark
