"""What the browser does by itself, tried in Chromium on a small page: drafts, keys, dialogs, connection."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import reflex_base
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

SCRIPT = (Path(__file__).resolve().parents[2] / "assets" / "app.js").read_text()
ADDRESS = "http://stageplus.test"
FORM = """
<h1>Postuler</h1>
<form id="envoi" onsubmit="event.preventDefault(); window.sent = (window.sent || 0) + 1">
  <input type="hidden" name="form_key" data-form-key="postuler:12">
  <label for="texte">Ma motivation</label>
  <textarea id="texte" data-keep="postuler:12:texte" data-counter="reste" data-max="10"></textarea>
  <p id="reste" data-one="Il reste {n} caractère" data-many="Il reste {n} caractères" data-over="{n} de trop"></p>
  <label><input type="radio" name="quand" value="a" data-keep="postuler:12:quand" checked>Tôt</label>
  <label><input type="radio" name="quand" value="b" data-keep="postuler:12:quand">Tard</label>
  <label><input type="checkbox" value="lu" data-keep="postuler:12:jours">Lundi</label>
  <label><input type="checkbox" value="ma" data-keep="postuler:12:jours">Mardi</label>
  <label for="email">Adresse e-mail</label><input id="email" data-keep-session="email">
  <button>Envoyer</button>
</form>
<form data-sign-out onsubmit="event.preventDefault()"><button>Se déconnecter</button></form>
"""

Open = Callable[..., Page]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Open:
    """Serve a page with our script, already taken over by React, for a person; each call opens a tab."""

    def opened(content: str = FORM, person: str | None = "42", path: str = "/", react: bool = True) -> Page:
        fiber = 'document.querySelector(".app").__reactFiber = 1' if react else ""
        owner = "" if person is None else f' data-person="{person}"'
        body = (
            f'<!doctype html><title>Page</title><div class="app"{owner}>'
            '<div role="status" data-connection="fine" data-lost-text="Connexion perdue." data-back-text="Revenue.">'
            f"</div><main>{content}</main><div data-announce></div></div><script>{fiber}</script>"
            f'<script data-newer-text="Mis à jour." data-reload-text="Recharger">{SCRIPT}</script>'
        )

        def answer(route: Route) -> None:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page = context.new_page()
        page.route(f"{ADDRESS}/**", answer)
        page.goto(f"{ADDRESS}{path}")
        return page

    return opened


def _put(page: Page, markup: str) -> None:
    page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", markup)


def test_typed_text_and_choices_survive_a_reload(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("J’aime ça")
    page.get_by_label("Tard").check()
    page.get_by_label("Mardi").check()
    page.reload()
    expect(page.get_by_label("Ma motivation")).to_have_value("J’aime ça")
    expect(page.get_by_label("Tard")).to_be_checked()
    expect(page.get_by_label("Mardi")).to_be_checked()
    expect(page.get_by_label("Lundi")).not_to_be_checked()


def test_a_draft_is_shown_to_its_writer_only(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("secret")
    other = open_page(person="43")
    expect(other.locator("[data-form-key]")).not_to_have_value("")
    expect(other.get_by_label("Ma motivation")).to_have_value("")


def test_nothing_is_restored_before_the_page_knows_who_is_there(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("secret")
    page = open_page(person="")
    expect(page.locator("#reste")).to_have_text("Il reste 10 caractères")
    expect(page.get_by_label("Ma motivation")).to_have_value("")
    page.evaluate("document.querySelector('.app').dataset.person = '42'")
    expect(page.get_by_label("Ma motivation")).to_have_value("secret")


def test_a_field_that_appears_later_gets_its_text(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("plus tard")
    page = open_page("<h1>Vide</h1>")
    _put(page, '<input aria-label="Suite" data-keep="postuler:12:texte">')
    expect(page.get_by_label("Suite")).to_have_value("plus tard")


def test_the_form_key_is_random_and_survives_a_reload(open_page: Open) -> None:
    page = open_page()
    key = page.locator("[data-form-key]")
    expect(key).to_have_value(re.compile(r"^[0-9a-f]{32}$"))
    first = key.input_value()
    page.reload()
    expect(page.locator("[data-form-key]")).to_have_value(first)


def test_the_receipt_forgets_the_draft_and_changes_the_key(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("envoyé")
    first = page.locator("[data-form-key]").input_value()
    _put(page, '<span hidden data-keep-clear="postuler:12"></span>')
    expect(page.locator("[data-form-key]")).not_to_have_value(first)
    page.reload()
    expect(page.locator("#reste")).to_have_text("Il reste 10 caractères")
    expect(page.get_by_label("Ma motivation")).to_have_value("")


def test_the_receipt_of_one_form_leaves_the_others_alone(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("à garder")
    _put(page, '<span hidden data-keep-clear="postuler:1"></span>')
    page.reload()
    expect(page.get_by_label("Ma motivation")).to_have_value("à garder")


def test_signing_out_empties_the_device(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("personnel")
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.evaluate("sessionStorage.token = 'onglet'")
    page.get_by_role("button", name="Se déconnecter").click()
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_the_address_is_kept_in_this_tab_only(open_page: Open) -> None:
    page = open_page(person=None)
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.reload()
    expect(page.get_by_label("Adresse e-mail")).to_have_value("moi@exemple.test")
    expect(open_page(person=None).get_by_label("Adresse e-mail")).to_have_value("")


def test_the_counter_counts_and_warns_without_cutting(open_page: Open) -> None:
    page = open_page()
    field, counter = page.get_by_label("Ma motivation"), page.locator("#reste")
    field.fill("123456789")
    expect(counter).to_have_text("Il reste 1 caractère")
    field.fill("123456789012")
    expect(counter).to_have_text("2 de trop")
    expect(field).to_have_value("123456789012")


def test_a_nervous_thumb_sends_once(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Envoyer").dblclick()
    assert page.evaluate("window.sent") == 1
    expect(page.get_by_role("button", name="Envoyer")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="Envoyer")).not_to_have_attribute("aria-busy", "true")


def test_errors_take_the_focus_and_lead_to_the_field(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Envoyer").click()
    _put(page, '<div data-error-summary tabindex="-1" id="resume"><a href="#texte">Écris deux phrases.</a></div>')
    expect(page.locator("#resume")).to_be_focused()
    expect(page.get_by_role("button", name="Envoyer")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Écris deux phrases.").click()
    expect(page.get_by_label("Ma motivation")).to_be_focused()


def test_a_dialog_opens_and_closes_in_the_browser(open_page: Open) -> None:
    page = open_page(
        '<h1>x</h1><button data-dialog-open="sur">Retirer</button>'
        '<dialog id="sur"><h2>Retirer ?</h2><button data-dialog-close>Annuler</button></dialog>'
    )
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_password_can_be_looked_at(open_page: Open) -> None:
    page = open_page(
        '<h1>x</h1><input id="passe" type="password" aria-label="Mot de passe">'
        '<button data-reveal="passe" data-show-text="Afficher" data-hide-text="Masquer">Afficher</button>'
    )
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_label("Mot de passe")).to_have_attribute("type", "text")
    expect(page.get_by_role("button", name="Masquer")).to_have_attribute("aria-pressed", "true")


BANNER = """
const banner = document.createElement("div");
banner.id = "reflex-new-version-banner";
banner.style.cssText = "position:fixed;color:#fff";
banner.append("A new version of this app is available.");
const button = document.createElement("button");
button.textContent = "Reload";
button.onclick = () => { window.reloaded = true; };
banner.append(button);
document.body.append(banner);
"""


def test_the_english_banner_of_a_newer_version_is_said_in_french(open_page: Open) -> None:
    page = open_page()
    page.evaluate(BANNER)
    expect(page.locator(".newer")).to_have_text("Mis à jour.Recharger")
    page.get_by_role("button", name="Recharger").click()
    assert page.evaluate("window.reloaded") is True


def test_reflex_still_calls_that_banner_so() -> None:
    web = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"
    assert '"reflex-new-version-banner"' in web.read_text()


def test_a_long_text_counts_in_french_figures(open_page: Open) -> None:
    page = open_page(FORM.replace('data-max="10"', 'data-max="2000"'))
    expect(page.locator("#reste")).to_have_text("Il reste 2 000 caractères")


def test_losing_and_finding_the_connection_is_said(open_page: Open, context: BrowserContext) -> None:
    page = open_page()
    context.set_offline(True)
    expect(page.locator("[data-connection]")).to_have_text("Connexion perdue.")
    context.set_offline(False)
    expect(page.locator("[data-connection]")).to_have_text("Revenue.")


def test_a_lost_websocket_is_said_although_the_device_is_online(open_page: Open) -> None:
    page = open_page()
    page.evaluate("document.querySelector('[data-connection]').dataset.connection = 'lost'")
    expect(page.locator("[data-connection]")).to_have_text("Connexion perdue.")


def test_a_new_page_is_announced_and_its_heading_has_the_focus(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("[data-form-key]")).not_to_have_value("")
    page.evaluate(
        "history.pushState({}, '', '/candidatures'); document.title = 'Candidatures · Stage+';"
        "document.querySelector('main').innerHTML = '<h1>Candidatures</h1>'"
    )
    expect(page.locator("[data-announce]")).to_have_text("Candidatures · Stage+")
    expect(page.get_by_role("heading", name="Candidatures")).to_be_focused()


def test_other_filters_of_the_same_page_do_not_take_the_focus(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").focus()
    page.evaluate("history.pushState({}, '', '?rayon=10'); document.querySelector('main').append('suite')")
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_label("Ma motivation")).to_be_focused()
    expect(page.locator("[data-announce]")).to_have_text("")


def test_coming_back_to_a_list_finds_the_same_place(open_page: Open) -> None:
    tall = '<h1>Offres</h1><div data-keep-scroll style="height: 4000px">résultats</div>'
    page = open_page(tall, path="/offres?q=boulanger")
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.includes('scroll:/offres?q='))")
    page.evaluate(
        "history.pushState({}, '', '/offres/7'); scrollTo(0, 0);"
        "document.querySelector('main').innerHTML = '<h1>Offre</h1>'; document.title = 'Offre'"
    )
    expect(page.get_by_role("heading", name="Offre")).to_be_focused()
    page.evaluate(
        "tall => { history.back(); setTimeout(() => document.querySelector('main').innerHTML = tall, 50) }", tall
    )
    page.wait_for_function("() => Math.abs(scrollY - 1500) < 5")


def test_nothing_changes_before_react_has_taken_over(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("gardé")
    page = open_page(react=False)
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator("[data-form-key]").input_value() == ""
    page.evaluate("document.querySelector('.app').__reactFiber = 1")
    expect(page.locator("[data-form-key]")).to_have_value(re.compile(r"^[0-9a-f]{32}$"))
    expect(page.get_by_label("Ma motivation")).to_have_value("gardé")


FILTERS = """
<h1>Offres</h1>
<form data-eager data-free onsubmit="event.preventDefault(); window.sent = [...new FormData(this)].join('&')">
  <input type="hidden" name="intent">
  <label>Rayon <select name="rayon"><option>15</option><option>25</option></select></label>
  <label><input type="checkbox" name="jours" value="oui">Mes jours</label>
</form>
<a href="/offres/7">Voir l'offre</a>
"""


def test_a_filter_is_sent_at_once_and_the_address_follows(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    assert page.evaluate("window.sent") == "intent,filter&rayon,25"
    page.get_by_label("Mes jours").check()
    assert page.evaluate("window.sent") == "intent,filter&rayon,25&jours,oui"
    page.wait_for_url("**/offres?rayon=25&jours=oui")
    assert page.locator("[name=intent]").input_value() == ""


def test_whoever_leaves_at_once_comes_back_to_the_same_filters(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    page.get_by_role("link", name="Voir l'offre").click()
    page.wait_for_url("**/offres/7")
    page.go_back()
    expect(page).to_have_url(re.compile("rayon=25"))


def test_the_filters_of_one_page_are_not_written_on_another(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    page.evaluate("history.pushState({}, '', '/connexion')")
    page.get_by_role("link", name="Voir l'offre").evaluate(
        "link => link.addEventListener('click', event => event.preventDefault())"
    )
    page.get_by_role("link", name="Voir l'offre").click()
    assert page.evaluate("location.pathname + location.search") == "/connexion"


def test_a_text_without_end_is_not_sent_and_stays(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("x" * 501)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_label("Ma motivation")).to_be_focused()
    expect(page.get_by_label("Ma motivation")).to_have_value("x" * 501)
    assert page.evaluate("window.sent") is None
    page.get_by_label("Ma motivation").fill("x" * 500)
    page.get_by_role("button", name="Envoyer").click()
    assert page.evaluate("window.sent") == 1


def test_folded_filters_unfold(open_page: Open) -> None:
    page = open_page('<button type="button" data-unfold="filtres" aria-expanded="false">Filtres</button>')
    button = page.get_by_role("button", name="Filtres")
    for expanded in ("true", "false"):
        button.click()
        expect(button).to_have_attribute("aria-expanded", expanded)


def test_a_jump_brings_to_the_form_without_changing_the_address(open_page: Open) -> None:
    goal = '<div style="height: 3000px"></div><section id="postuler"><h2>Ma candidature</h2></section>'
    page = open_page(f'<a href="#postuler" data-jump>Postuler</a>{goal}<div style="height: 3000px"></div>')
    page.get_by_role("link", name="Postuler").click()
    expect(page.locator("#postuler")).to_be_focused()
    expect(page.locator("#postuler")).to_be_in_viewport()
    assert page.url == f"{ADDRESS}/"


def test_another_page_of_results_begins_at_its_heading(open_page: Open) -> None:
    page = open_page(
        '<h1>Offres</h1><h2 data-results>40 offres</h2><div style="height: 3000px"></div>'
        '<nav class="pages"><a href="#suite">Page suivante</a></nav>'
    )
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_role("heading", name="40 offres")).to_be_focused()


def test_a_filter_with_a_text_without_end_leaves_the_address_alone(open_page: Open) -> None:
    page = open_page(FILTERS.replace("<label>Rayon", '<input name="q" aria-label="Mot"><label>Rayon'), path="/offres")
    page.get_by_label("Mot").fill("a" * 600)
    page.get_by_label("Mes jours").check()
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.url == f"{ADDRESS}/offres"
    page.get_by_label("Mot").fill("pain")
    page.get_by_label("Mes jours").uncheck()
    page.wait_for_url("**/offres?q=pain&rayon=15")


SAVING = """
<h1>Offre</h1>
<form id="offre" data-autosave data-done="0" data-query="" onsubmit="
  event.preventDefault(); (window.said ??= []).push([this.elements.intent.value, this.elements.texte.value])">
  <button hidden data-intent="autosave">Enregistrer</button>
  <input type="hidden" name="intent"><input type="hidden" name="form_key" data-form-key="offre-0">
  <label for="texte">Travail</label><input id="texte" name="texte" data-keep="offre-0-texte">
  <label for="places">Places</label><input id="places" name="places" value="1" data-keep="offre-0-places">
  <label><input type="checkbox" value="0" data-keep="offre-0-jours">Lundi</label>
  <button data-intent="publish">Publier</button>
  <button type="button" data-forget>Revenir</button>
</form>
"""
SAID = "() => (window.said || []).map(([intent, text]) => `${intent} ${text}`)"


def _accept(page: Page, query: str = "brouillon=12", keep: str = "offre-12") -> None:
    page.evaluate(
        """([query, keep]) => {
          const form = document.querySelector("#offre");
          for (const field of form.querySelectorAll("[data-keep]"))
            field.dataset.keep = field.dataset.keep.replace("offre-0", keep);
          form.dataset.query = query;
          form.dataset.done = String(Number(form.dataset.done) + 1);
        }""",
        [query, keep],
    )


def _kept(page: Page) -> list[str]:
    return sorted(key for key in page.evaluate("Object.keys(localStorage)") if ":typed:" in key or ":key:" in key)


def test_a_form_saves_itself_a_while_after_the_last_key(open_page: Open) -> None:
    page = open_page(SAVING)
    field = page.get_by_label("Travail")
    field.press_sequentially("Pétrir", delay=120)
    assert page.evaluate(SAID) == []
    page.wait_for_function("() => window.said?.length === 1")
    assert page.evaluate(SAID) == ["autosave Pétrir"]
    expect(field).to_be_focused()
    expect(page.get_by_role("button", name="Publier")).not_to_have_attribute("aria-busy", "true")


def test_opening_alone_saves_nothing_even_with_text_found_again(open_page: Open) -> None:
    open_page(SAVING).get_by_label("Travail").fill("gardé")
    page = open_page(SAVING)
    expect(page.get_by_label("Travail")).to_have_value("gardé")
    expect(page.locator("form")).to_have_attribute("data-restored", "")
    page.clock.install()
    page.clock.run_for(20_000)
    assert page.evaluate(SAID) == []


def test_it_waits_for_the_connection_and_for_the_last_answer(open_page: Open, context: BrowserContext) -> None:
    page = open_page(SAVING)
    page.clock.install()
    context.set_offline(True)
    page.get_by_label("Travail").fill("hors ligne")
    page.clock.run_for(10_000)
    assert page.evaluate(SAID) == []
    context.set_offline(False)
    page.clock.run_for(2_000)
    assert page.evaluate(SAID) == ["autosave hors ligne"]
    page.get_by_label("Travail").fill("plus tard")
    page.clock.run_for(3_000)
    assert page.evaluate(SAID) == ["autosave hors ligne"]
    _accept(page)
    page.clock.run_for(3_000)
    assert page.evaluate(SAID) == ["autosave hors ligne", "autosave plus tard"]


def test_a_button_pressed_meanwhile_is_not_hindered(open_page: Open) -> None:
    page = open_page(SAVING)
    page.get_by_label("Travail").fill("Pétrir")
    page.wait_for_function("() => window.said?.length === 1")
    page.get_by_role("button", name="Publier").click()
    assert page.evaluate(SAID) == ["autosave Pétrir", "publish Pétrir"]


def test_enter_saves_and_never_publishes(open_page: Open) -> None:
    page = open_page(SAVING)
    page.get_by_label("Travail").fill("Pétrir")
    page.get_by_label("Travail").press("Enter")
    assert page.evaluate(SAID) == ["autosave Pétrir"]


def test_what_is_saved_leaves_the_device_and_the_address_names_it(open_page: Open) -> None:
    page = open_page(SAVING, path="/nouvelle")
    page.get_by_label("Travail").fill("Pétrir")
    page.get_by_label("Lundi").check()
    assert len(_kept(page)) == 3
    page.wait_for_function("() => window.said?.length === 1")
    _accept(page)
    page.wait_for_url(f"{ADDRESS}/nouvelle?brouillon=12")
    assert _kept(page) == []
    expect(page.locator("[data-form-key]")).to_have_value(re.compile(r"^[0-9a-f]{32}$"))


def test_what_was_refused_or_typed_since_stays_on_the_device(open_page: Open) -> None:
    page = open_page(SAVING)
    page.get_by_label("Travail").fill("Pétrir")
    page.get_by_label("Places").fill("beaucoup")
    page.wait_for_function("() => window.said?.length === 1")
    page.get_by_label("Travail").fill("Pétrir et cuire")
    page.evaluate("document.querySelector('#places').setAttribute('aria-invalid', 'true')")
    _accept(page)
    page.wait_for_url("**/?brouillon=12")
    assert _kept(page) == ["sp:typed:42:offre-12-places", "sp:typed:42:offre-12-texte"]


def test_a_counter_that_falls_accepted_nothing(open_page: Open) -> None:
    page = open_page(SAVING.replace('data-done="0"', 'data-done="3"'))
    page.get_by_label("Travail").fill("Pétrir")
    page.wait_for_function("() => window.said?.length === 1")
    page.evaluate("document.querySelector('form').dataset.done = '0'")
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert "sp:typed:42:offre-0-texte" in _kept(page)


def test_one_may_return_to_the_saved_version(open_page: Open) -> None:
    open_page(SAVING).get_by_label("Travail").fill("gardé")
    page = open_page(SAVING)
    expect(page.get_by_label("Travail")).to_have_value("gardé")
    page.get_by_role("button", name="Revenir").click()
    expect(page.get_by_label("Travail")).to_have_value("")


def test_what_a_saving_form_has_to_say_leaves_the_focus_to_whoever_types(open_page: Open) -> None:
    page = open_page(SAVING)
    page.get_by_label("Travail").fill("Pétrir")
    _put(page, '<div data-error-summary tabindex="-1" id="resume">Encore un champ.</div>')
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_label("Travail")).to_be_focused()


ANSWERING = """
<h1>Candidature</h1><h2 data-focus-after>Ada</h2><button data-dialog-open="refus">Refuser</button>
<dialog id="refus" data-done="0"><form onsubmit="event.preventDefault()">
  <label for="mots">Message</label><textarea id="mots" data-keep="refus-5-mots"></textarea><button>Envoyer</button>
</form></dialog>
"""


def test_a_dialog_stays_with_its_text_until_the_server_accepted(open_page: Open) -> None:
    page = open_page(ANSWERING)
    page.get_by_role("button", name="Refuser").click()
    page.get_by_label("Message").fill("Merci")
    page.get_by_role("button", name="Envoyer").click()
    page.evaluate(
        """document.querySelector("dialog form").insertAdjacentHTML(
          "afterbegin", '<div data-error-summary tabindex="-1" id="resume">Choisissez un motif.</div>')"""
    )
    expect(page.locator("#resume")).to_be_focused()
    expect(page.get_by_label("Message")).to_have_value("Merci")
    page.evaluate("document.querySelector('#resume').remove()")
    page.get_by_role("button", name="Envoyer").click()
    page.evaluate("document.querySelector('dialog').dataset.done = '1'")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Refuser")).to_be_focused()
    assert _kept(page) == []


def test_when_its_button_is_gone_the_heading_takes_the_focus(open_page: Open) -> None:
    page = open_page(ANSWERING)
    page.get_by_role("button", name="Refuser").click()
    page.evaluate(
        "document.querySelector('[data-dialog-open]').remove(); document.querySelector('dialog').dataset.done = '1'"
    )
    expect(page.get_by_role("heading", name="Ada")).to_be_focused()


def test_what_just_happened_comes_into_view(open_page: Open) -> None:
    page = open_page('<h1>x</h1><div class="notice"></div><div style="height: 4000px">long</div>')
    page.evaluate("scrollTo(0, 3000)")
    page.evaluate("document.querySelector('.notice').textContent = 'C’est fait.'")
    page.wait_for_function("() => scrollY < 200")


def test_a_tab_takes_the_new_cookie_after_a_proof_in_another(open_page: Open) -> None:
    here = open_page()
    other = open_page(
        '<form action="/auth/preuve/application" onsubmit="event.preventDefault()"><button>Vérifier</button></form>'
    )
    here.evaluate("window.marked = true")
    here.evaluate("window.dispatchEvent(new Event('focus'))")
    assert here.evaluate("window.marked") is True
    other.get_by_role("button", name="Vérifier").click()
    here.wait_for_function("localStorage.getItem('sp:moved')")
    with here.expect_navigation():
        here.evaluate("window.dispatchEvent(new Event('focus'))")
    assert here.evaluate("window.marked") is None


def test_an_ordinary_form_leaves_the_other_tabs_alone(open_page: Open) -> None:
    here, other = open_page(), open_page()
    other.get_by_role("button", name="Envoyer").click()
    assert here.evaluate("localStorage.getItem('sp:moved')") is None


def test_a_page_that_becomes_somebody_elses_starts_again_without_their_draft(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("à moi")
    with page.expect_navigation():
        page.evaluate("document.querySelector('.app').dataset.person = '43'")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':43'))") == []


def test_another_tab_notices_that_somebody_else_signed_in_or_left(open_page: Open) -> None:
    mine, other = open_page(), open_page("<h1>Connexion</h1>", person=None)
    for change in ("localStorage.setItem('sp:who', '43')", "localStorage.removeItem('sp:who')"):
        with mine.expect_navigation():
            other.evaluate(change)


def test_a_page_out_of_the_memory_of_the_browser_is_read_again(open_page: Open) -> None:
    page = open_page()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_a_form_says_who_wrote_it(open_page: Open) -> None:
    page = open_page(
        FORM.replace('<input type="hidden" name="form_key"', '<input name="writer"><input name="form_key"')
    )
    expect(page.locator("[name=writer]")).to_have_value("42")


SIGN_IN = """
<h1>Se connecter</h1>
<form action="/auth/connexion" data-free>
  <input type="hidden" name="csrf"><input type="hidden" name="suite">
  <input name="email" aria-label="Adresse e-mail"><button>Se connecter</button>
</form>
"""


def test_whoever_signs_in_before_the_page_is_alive_still_gets_where_they_were_going(open_page: Open) -> None:
    page = open_page(SIGN_IN, person="", path="/connexion?suite=%2Foffres%2F7")
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.get_by_role("button", name="Se connecter").click()
    assert page.evaluate("location.pathname") == "/connexion"
    page.evaluate("document.querySelector('[name=csrf]').setAttribute('value', 'jeton')")
    page.wait_for_url("**/auth/connexion?csrf=jeton&suite=%2Foffres%2F7&email=moi%40exemple.test")


WAITING = """
<h1>Mot de passe oublié</h1>
<form data-free data-wait="true" onsubmit="event.preventDefault(); window.sent = [...new FormData(this)].join('&')">
  <input name="email" aria-label="Adresse e-mail"><button>Recevoir le lien</button>
</form>
"""


def test_a_form_leaves_once_its_page_has_read_what_it_begins_with(open_page: Open) -> None:
    page = open_page(WAITING, person="")
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.get_by_role("button", name="Recevoir le lien").click()
    assert page.evaluate("window.sent") is None
    page.evaluate("document.querySelector('form').setAttribute('data-wait', 'false')")
    page.wait_for_function("() => window.sent === 'email,moi@exemple.test'")


RESET = """
<h1>Accès</h1>
<form onsubmit="event.preventDefault()"><label>Prénom <input name="first_name" value="Mila"></label></form>
<dialog id="raison"><form onsubmit="event.preventDefault()">
  <label>Raison <input name="reason"></label>
  <label>Mot de passe <input type="password" name="secret"></label>
  <label><input type="checkbox" name="vue" value="oui">Vue au centre</label>
  <button>Remettre à zéro</button>
</form></dialog>
<button data-dialog-open="raison">Ouvrir</button>
"""


def _asked_for_a_proof(page: Page) -> None:
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_label("Raison").fill("Téléphone perdu")
    page.get_by_label("Mot de passe").fill("un secret")
    page.get_by_label("Vue au centre").check()
    page.get_by_role("button", name="Remettre à zéro").click()
    page.evaluate("document.querySelector('dialog').close()")  # as every dialog is when a proof is asked
    _put(page, '<div data-error-summary data-proof tabindex="-1" id="preuve">Une confirmation</div>')
    expect(page.locator("#preuve")).to_be_focused()


def test_what_was_sent_before_a_proof_is_there_again_in_its_dialog(open_page: Open) -> None:
    page = open_page(RESET)
    _asked_for_a_proof(page)
    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_label("Raison")).to_have_value("Téléphone perdu")
    expect(page.get_by_label("Vue au centre")).to_be_checked()
    expect(page.get_by_label("Mot de passe")).to_have_value("")
    expect(page.get_by_label("Prénom")).to_have_value("Mila")
    assert "un secret" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.get_by_role("button", name="Remettre à zéro").click()
    page.reload()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Raison")).to_have_value("")


def test_what_was_sent_before_a_proof_is_for_nobody_else(open_page: Open) -> None:
    page = open_page(RESET)
    _asked_for_a_proof(page)
    [key] = page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('tried'))")
    page.evaluate(
        "([mine, theirs]) => sessionStorage.setItem(theirs, sessionStorage.getItem(mine))",
        [key, key.replace("42", "43")],
    )
    page.evaluate("key => sessionStorage.removeItem(key)", key)
    page.reload()
    expect(page.get_by_label("Prénom")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_was_sent_before_a_proof_does_not_wait_for_ever(open_page: Open) -> None:
    page = open_page(RESET)
    _asked_for_a_proof(page)
    page.clock.install()
    page.clock.fast_forward("11:00")
    page.reload()
    expect(page.get_by_label("Prénom")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_form_sent_before_the_page_is_alive_waits_for_it(open_page: Open) -> None:
    page = open_page('<h1>x</h1><form><input name="nom" aria-label="Nom"><button>Envoyer</button></form>', react=False)
    page.get_by_label("Nom").fill("Essai")
    page.get_by_role("button", name="Envoyer").click()
    assert page.evaluate("location.search") == ""
    page.evaluate(
        "document.querySelector('form').onsubmit = (event) => { event.preventDefault(); window.sent = 1; };"
        "document.querySelector('.app').__reactFiber = 1"
    )
    page.wait_for_function("window.sent === 1")
    assert page.evaluate("location.search") == ""


MENU = """
<details data-menu class="menu"><summary>Plus</summary><div class="menu-list">
  <button onclick="window.done = true">Suspendre</button><button data-dialog-open="fin">Clôturer</button>
</div></details><p>Ailleurs</p><dialog id="fin"><button data-dialog-close>Annuler</button></dialog>
"""


def test_a_menu_opens_by_keyboard_and_closes_on_esc_elsewhere_and_once_an_act_is_chosen(open_page: Open) -> None:
    page = open_page(MENU)
    act, summary = page.get_by_role("button", name="Suspendre"), page.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(act).to_be_focused()
    page.keyboard.press("Escape")
    expect(act).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_text("Ailleurs").click()
    expect(act).to_be_hidden()
    summary.click()
    act.click()
    expect(act).to_be_hidden()
    assert page.evaluate("window.done") is True


def test_behind_a_dialog_from_a_menu_the_focus_comes_back_to_its_button(open_page: Open) -> None:
    page = open_page(MENU)
    page.locator("summary").click()
    page.get_by_role("button", name="Clôturer").click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("summary")).to_be_focused()
