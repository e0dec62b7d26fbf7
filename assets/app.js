// What the browser does by itself: keep typed text, announce pages, open dialogs. No dependency, no inline code.
(() => {
  "use strict";
  const doc = document;
  const PREFIX = "sp:";
  const one = (selector, root = doc) => root.querySelector(selector);
  const all = (selector, root = doc) => [...root.querySelectorAll(selector)];

  // A private window may refuse storage: typing must go on without it.
  const storage = (area) => ({
    get(key) { try { return window[area].getItem(PREFIX + key); } catch { return null; } },
    set(key, value) { try { window[area].setItem(PREFIX + key, value); } catch { /* full or refused */ } },
    drop(match) {
      try {
        Object.keys(window[area]).filter((key) => key.startsWith(PREFIX) && match(key.slice(PREFIX.length)))
          .forEach((key) => window[area].removeItem(key));
      } catch { /* refused */ }
    },
  });
  const local = storage("localStorage");
  const session = storage("sessionStorage");

  // ---- Who is typing. null = the page does not know yet, so nothing is restored.
  let lastPerson = null;
  let leaving = false;
  const person = () => {
    const root = one("[data-person]");
    const key = root ? root.dataset.person : null;
    if (key && !lastPerson) { lastPerson = key; local.set("who", key); }
    // The connection came back as somebody else: what the last person left in the fields is not for them.
    if (key && key !== lastPerson && !leaving) { leaving = true; location.reload(); }
    return lastPerson || key;
  };

  // ---- Typed text stays on the device
  const keepKey = (field) => {
    if (field.dataset.keepSession) return { area: session, key: `typed:${field.dataset.keepSession}` };
    const owner = person();
    return owner && field.dataset.keep ? { area: local, key: `typed:${owner}:${field.dataset.keep}` } : null;
  };
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const valueOf = (field) => (isChoice(field) ? field.checked : field.value);
  const save = (field) => {
    const place = keepKey(field);
    if (!place) return;
    if (field.type === "checkbox") place.area.set(`${place.key}:${field.value}`, field.checked ? "1" : "0");
    else if (field.type === "radio") { if (field.checked) place.area.set(place.key, field.value); }
    else place.area.set(place.key, field.value);
  };
  const restored = new WeakMap();
  const restore = (field) => {
    const place = keepKey(field);
    if (!place || restored.get(field) === place.key) return;
    restored.set(field, place.key);
    const before = valueOf(field);
    restoreValue(field, place);
    if (valueOf(field) !== before) field.form?.setAttribute("data-restored", "");
  };
  const restoreValue = (field, place) => {
    if (field.type === "checkbox") {
      const kept = place.area.get(`${place.key}:${field.value}`);
      if (kept !== null) field.checked = kept === "1";
      return;
    }
    const kept = place.area.get(place.key);
    if (kept === null) { if (field.defaultValue !== undefined && !isChoice(field) && field.value !== field.defaultValue) save(field); return; }
    if (field.type === "radio") field.checked = field.value === kept;
    else if (doc.activeElement === field && field.value) save(field);
    else field.value = kept;
  };

  // ---- One random key a form, kept with its text: a retry after a reload carries the same key
  const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const giveKey = (field) => {
    const owner = person() || "anonymous";
    const writer = field.form?.elements.namedItem("writer");
    if (writer && lastPerson) writer.value = lastPerson;
    const place = `key:${owner}:${field.dataset.formKey}`;
    if (restored.get(field) === place && field.value) return;
    const key = local.get(place) || freshKey();
    local.set(place, key);
    field.value = key;
    restored.set(field, place);
  };
  const cleared = new WeakMap();
  const clearKept = (element) => {
    const owner = person();
    const wanted = element.dataset.keepClear;
    if (!owner || !wanted || cleared.get(element) === wanted) return;
    cleared.set(element, wanted);
    for (const name of wanted.split(" ")) {
      for (const kind of ["typed", "key"]) {
        const key = `${kind}:${owner}:${name}`;
        local.drop((stored) => stored === key || stored.startsWith(`${key}:`));
      }
    }
    all("input[data-form-key]").forEach((field) => { restored.delete(field); giveKey(field); });
  };

  // ---- Counters under long texts
  const count = (field) => {
    const line = doc.getElementById(field.dataset.counter);
    if (!line) return;
    const left = Number(field.dataset.max) - field.value.length;
    const { one: single, many, over } = line.dataset;
    const text = (left < 0 ? over : Math.abs(left) < 2 ? single : many).replace("{n}", Math.abs(left).toLocaleString("fr-BE").replace("\u202f", "\u00a0"));
    if (line.textContent !== text) line.textContent = text;
    line.toggleAttribute("data-too-long", left < 0);
  };

  // ---- A new page is announced and its heading gets the focus
  let path = location.pathname;
  let query = location.search;
  let cameFrom = null;
  let byHistory = false;
  const say = (text) => {
    const region = one("[data-announce]");
    if (region) region.textContent = text;
  };
  const announcePage = (oldTitle, tries) => {
    const heading = one("main h1");
    if (tries > 0 && (!heading || doc.title === oldTitle)) {
      setTimeout(announcePage, 50, oldTitle, tries - 1);
      return;
    }
    say(doc.title);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const watchPath = () => {
    const here = one(".tabs-nav [aria-current]");
    const row = here?.closest(".tabs-nav");
    const words = row?.textContent;
    // The browser says where it is once it has laid the page out: asking would make it do so in between.
    if (here && (here !== shownTab || words !== shownWords)) new IntersectionObserver(([{ boundingClientRect: tab, rootBounds: frame }], watch) => {
      watch.disconnect();
      if (tab.left < frame.left || tab.right > frame.right) row.scrollLeft += tab.left - frame.left - 24;
    }, { root: row }).observe(here);
    shownTab = here;
    shownWords = words;
    const chosen = one(".pair-list [aria-current=true]");
    if (chosen && chosen !== shownChoice) {
      const list = chosen.closest(".pair-list");
      const [card, frame] = [chosen.getBoundingClientRect(), list.getBoundingClientRect()];
      if (card.top < frame.top || card.bottom > Math.min(frame.bottom, innerHeight)) list.scrollTop += card.top - frame.top - 8;
    }
    shownChoice = chosen;
    if (location.pathname !== path) {
      cameFrom = path;
      path = location.pathname;
      announcePage(shownTitle, 20);
      if (byHistory || cameFrom.startsWith(`${path}/`)) returnToPlace();
    } else if (location.search !== query && byHistory) returnToPlace();
    query = location.search;
    byHistory = false;
  };
  let shownTitle = doc.title;
  let shownTab = null;
  let shownWords = "";
  let shownChoice = null;

  // ---- Coming back to a list finds the same place
  const placeKey = () => `scroll:${location.pathname}${location.search}`;
  // The top of the page that comes next is no place of this list.
  const rememberPlace = (key = placeKey()) => { writeAddress(); if (key === placeKey() && one("[data-keep-scroll]")) session.set(key, String(Math.round(scrollY))); };
  const returnToPlace = () => {
    const wanted = Number(session.get(placeKey()));
    if (!wanted) return;
    const until = Date.now() + 15000;
    let arrived = 0;
    let stopped = false;
    const stop = () => { stopped = true; };
    ["wheel", "pointerdown", "keydown"].forEach((type) => addEventListener(type, stop, { once: true, passive: true }));
    // The results of before may show, make way for grey shapes, and come again: the place holds once nothing moves it.
    const attempt = () => {
      const now = Date.now();
      if (stopped || now > until || (arrived && now - arrived > 1500)) return;
      if (Math.abs(scrollY - wanted) <= 4) arrived ||= now;
      else {
        arrived = 0;
        if (one("[data-keep-scroll]") && doc.documentElement.scrollHeight - innerHeight >= wanted - 4) scrollTo(0, wanted);
      }
      requestAnimationFrame(attempt);
    };
    requestAnimationFrame(attempt);
  };

  // ---- Connection
  let wasLost = false;
  const showConnection = () => {
    const banner = one("[data-connection]");
    if (!banner) return;
    const lost = !navigator.onLine || banner.dataset.connection === "lost";
    if (lost === wasLost) return;
    wasLost = lost;
    banner.dataset.tone = lost ? "lost" : "back";
    banner.textContent = lost ? banner.dataset.lostText : banner.dataset.backText;
    if (!lost) setTimeout(() => { if (!wasLost) banner.textContent = ""; }, 4000);
  };

  // ---- Reflex says in English, in looks of its own, that this page is older than the server: we say it in French
  const translateNewer = () => {
    const [newer, words] = [doc.getElementById("reflex-new-version-banner"), one("script[data-newer-text]")?.dataset];
    if (!newer || !words || newer.className) return;
    newer.removeAttribute("style");
    newer.className = "newer";
    newer.firstChild.textContent = words.newerText;
    const button = one("button", newer);
    button.removeAttribute("style");
    button.className = "btn btn-small";
    button.textContent = words.reloadText;
  };

  // ---- Everything that reacts to what Reflex puts on the page
  const seenSummaries = new WeakMap();
  const lookSummary = (summary) => {
    if (seenSummaries.get(summary) === summary.textContent || !summary.textContent) return;
    seenSummaries.set(summary, summary.textContent);
    // What a form that saves itself has to say must not take the focus from whoever is typing in it.
    const typing = !sending.size && doc.activeElement?.matches?.("form[data-autosave] :is(input, textarea, select)");
    release();
    [sent, sentAt].forEach((known) => known.delete(summary.closest("form")));
    if (!typing) summary.focus();
  };

  // ---- The server accepted what a form or a dialog sent: its `data-done` has risen
  const seenDone = new WeakMap();
  const sent = new WeakMap();
  const sentAt = new WeakMap();
  const remember = (form) => {
    sent.set(form, new Map(all("[data-keep]", form).map((field) => [field, valueOf(field)])));
    sentAt.set(form, Date.now());
  };
  // Only what did not fit, or was typed since, still needs its copy on the device.
  const forget = (form) => {
    const values = sent.get(form);
    for (const field of values ? all("[data-keep]", form) : []) {
      dropKept(field);
      restored.set(field, keepKey(field)?.key);
      if (field.getAttribute("aria-invalid") === "true" || values.get(field) !== valueOf(field)) save(field);
    }
    sentAt.delete(form);
    form.removeAttribute("data-restored");
  };
  const dropKept = (field) => {
    const kept = restored.get(field);
    local.drop((key) => key === kept || key.startsWith(`${kept}:`));
  };
  // A new form that became a draft: its address names it, and the next new form starts with a key of its own.
  const nameAddress = (form) => {
    if (!form.dataset.query || location.search === `?${form.dataset.query}`) return;
    all("input[data-form-key]", form).forEach((field) => local.drop((key) => key === restored.get(field)));
    history.replaceState(history.state, "", `?${form.dataset.query}`);
  };
  const closeWith = (dialog) => {
    dialog.close();
    requestAnimationFrame(() => {
      // The button that opened it may be gone with what it did; the browser may take a moment to leave the dialog.
      const lost = doc.activeElement === doc.body || dialog.contains(doc.activeElement);
      const heading = lost && (one("[data-focus-after]") ?? one("main h1"));
      if (heading) { heading.tabIndex = -1; heading.focus(); }
    });
  };
  const lookDone = (root) => {
    const [before, now] = [seenDone.get(root), Number(root.dataset.done)];
    seenDone.set(root, now);
    if (before === undefined || now <= before) return;
    const form = root.matches("form") ? root : one("form", root);
    if (form) { forget(form); nameAddress(form); }
    release();
    if (root.open) closeWith(root);
  };

  // ---- A star fills at the tap; once the server has answered, it shows nothing but what is true
  let answers;
  const lookAnswers = ({ dataset }) => {
    if (answers !== dataset.answers) all("[data-wished]").forEach((star) => star.removeAttribute("data-wished"));
    answers = dataset.answers;
  };

  // ---- What just happened is brought into view
  const seenNotices = new WeakMap();
  const lookNotice = (notice) => {
    const words = notice.textContent;
    if (seenNotices.get(notice) !== words && words) notice.scrollIntoView({ block: "nearest" });
    seenNotices.set(notice, words);
  };

  // ---- A proof of who acts comes first: what was sent waits in this tab, and is there again, in its dialog, afterwards
  const PROOF_TAKES = 600000;
  const HIDDEN = ["hidden", "password", "file", "submit", "button"];
  let tried = null, mayReturn = true;
  const triedKey = () => `tried:${person()}:${location.pathname}`;
  const typedIn = (form) => [...form.elements].filter(({ name, type }) => name && !HIDDEN.includes(type));
  const namesOf = (fields) => fields.map(({ name }) => name).join();
  const lookProof = () => {
    if (tried && one("[data-proof]")) {
      if (Date.now() - tried.at < NO_ANSWER) session.set(triedKey(), JSON.stringify(tried));
      [tried, mayReturn] = [null, true];
    } else if (mayReturn && !one("[data-proof]")) giveBack(JSON.parse(session.get(triedKey())));
  };
  const giveBack = (kept) => {
    if (!kept || Date.now() - kept.at > PROOF_TAKES) return;
    const form = all("form").find((form) => !restored.has(form) && namesOf(typedIn(form)) === namesOf(kept.fields));
    if (!form) return;
    restored.set(form, kept);
    typedIn(form).forEach((field, number) => Object.assign(field, kept.fields[number]));
    const dialog = form.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    else form.scrollIntoView({ block: "center" });
  };

  // What a page reads only where it is seen: its button is pressed as soon as it is.
  const asked = new IntersectionObserver((entries) => entries.forEach((entry) => { if (entry.isIntersecting) entry.target.click(); }));

  let planned = false;
  // React compares the page with what it expects before it takes over: nothing may change until then.
  const takenOver = () => {
    const root = one(".app");
    return root && Object.keys(root).some((key) => key.startsWith("__react"));
  };
  const look = () => {
    planned = false;
    if (!takenOver()) { plan(); return; }
    watchPath();
    shownTitle = doc.title;
    person();
    all("[data-keep-clear]").forEach(clearKept);
    all("[data-done]").forEach(lookDone);
    all("[data-keep], [data-keep-session]").forEach(restore);
    all("input[data-form-key]").forEach(giveKey);
    all("textarea[data-counter]").forEach(count);
    tick();
    all("[data-error-summary], [data-receipt]").forEach(lookSummary);
    all("[data-answers]").forEach(lookAnswers);
    all("[data-ask]").forEach((button) => asked.observe(button));
    lookProof();
    const more = one("[data-script]");
    if (more && (more.dataset.map !== "wide" || matchMedia("(min-width: 1200px)").matches)) import(more.dataset.script);
    all(".notice").forEach(lookNotice);
    all("dialog[data-open-now]").forEach((dialog) => { if (!dialog.open) dialog.showModal(); });
    showConnection();
    translateNewer();
    sendEarly();
  };
  const plan = () => { if (!planned) { planned = true; requestAnimationFrame(look); } };
  new MutationObserver(plan).observe(doc.documentElement, {
    childList: true, subtree: true, attributes: true,
    attributeFilter: ["data-person", "data-keep", "data-keep-clear", "data-form-key", "data-connection", "data-open-now", "value", "data-done", "data-answers", "data-wait"],
  });

  // ---- Suggestions that fill a field: ticked, each is written there; what is deleted by hand is unticked
  const parts = (field) => field.value.split(field.tagName === "TEXTAREA" ? "\n" : /, */).map((part) => part.trim()).filter(Boolean);
  const same = (one, other) => one.toLocaleLowerCase("fr") === other.toLocaleLowerCase("fr");
  const written = (box) => parts(doc.getElementById(box.dataset.fills)).some((part) => same(part.replace(/[.;,]$/, ""), box.value));
  const fill = (box) => {
    const field = doc.getElementById(box.dataset.fills);
    const kept = parts(field).filter((part) => !same(part.replace(/[.;,]$/, ""), box.value));
    if (box.checked) kept.push(field.tagName === "TEXTAREA" || !kept.length ? box.value : box.value[0].toLocaleLowerCase("fr") + box.value.slice(1));
    field.value = kept.join(field.tagName === "TEXTAREA" ? "\n" : ", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const tick = () => all("input[data-fills]").forEach((box) => { const is = written(box); if (box.checked !== is) box.checked = is; });

  // ---- A form just sent does not go twice by a nervous thumb
  const sending = new Set();
  let early = window.early ?? null; // sent before this script was there, and held by the head of the page
  window.stageplus = true;
  // A page that still reads what it begins with would wipe the answer: its form waits too.
  const isEarly = ({ dataset, elements: { csrf } }) => dataset.wait === "true" || (csrf ? !csrf.value : !takenOver());
  const sendEarly = () => {
    if (!early || isEarly(early.form)) return;
    const { form, button } = early;
    early = null;
    form.requestSubmit(button);
  };
  const release = () => {
    sending.forEach(({ form, button }) => { form.removeAttribute("data-sending"); if (button) button.removeAttribute("aria-busy"); });
    sending.clear();
  };
  const heading = () => new URLSearchParams(location.search).get("suite") ?? "";
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending !== undefined) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const { suite } = form.elements;
    // Tapped before the page was alive: it leaves as soon as it can.
    if (isEarly(form)) { event.preventDefault(); event.stopImmediatePropagation(); early = { form, button: event.submitter }; return; }
    if (suite && !suite.value) suite.value = heading();
    if (form.dataset.signOut !== undefined) { local.drop(() => true); session.drop(() => true); try { sessionStorage.clear(); } catch { /* refused */ } }
    if (form.getAttribute("action")?.startsWith("/auth/")) local.set("moved", freshKey());
    // Above a megabyte the connection closes without a word: such a text stays in its field, its counter says why.
    const endless = all("textarea[data-max]", form).find((field) => field.value.length > 50 * Number(field.dataset.max));
    const button = event.submitter;
    const alone = ["autosave", "check", "try"].includes(button?.dataset.intent);
    if (endless) { event.preventDefault(); event.stopImmediatePropagation(); if (!alone) endless.focus(); return; }
    if (form.dataset.free !== undefined) return;
    session.drop((key) => key === triedKey());
    tried = { at: Date.now(), fields: typedIn(form).map(({ name, value, checked }) => ({ name, value, checked })) };
    mayReturn = false;
    remember(form);
    if (alone) return;
    form.dataset.sending = "";
    if (button) button.setAttribute("aria-busy", "true");
    sending.add({ form, button });
    setTimeout(() => { if (sending.size) one("[data-error-summary]", form)?.focus(); release(); }, 2500);
  }, true);

  // ---- A form that saves itself, a while after the last key: it presses its own hidden button
  const PAUSE = 1500, NO_ANSWER = 8000;
  const pauses = new WeakMap();
  const saveSoon = (form) => {
    if (form?.dataset.autosave === undefined) return;
    clearTimeout(pauses.get(form));
    pauses.set(form, setTimeout(() => {
      const unanswered = form.dataset.autosave !== "check" && Date.now() - (sentAt.get(form) ?? 0) < NO_ANSWER;
      if (wasLost || unanswered || form.dataset.sending !== undefined) saveSoon(form);
      else if (form.isConnected) one("button:is([data-intent=autosave], [data-intent=check])", form)?.click();
    }, PAUSE));
  };
  doc.addEventListener("input", ({ target }) => {
    if (target.dataset.keep || target.dataset.keepSession) save(target);
    if (target.dataset.counter) count(target);
    if (!target.dataset.fills) tick();
    saveSoon(target.form);
  });
  doc.addEventListener("change", ({ target }) => {
    if (target.dataset.fills) fill(target);
    if (target.dataset.keep || target.dataset.keepSession) save(target);
    saveSoon(target.form);
    if (target.matches("form[data-eager] :is(select, [type=checkbox])")) sendFilters(target.form);
  });

  // ---- A filter acts at once, in one round trip; the address bar says what is shown once the finger rests, because
  // writing it costs a slow phone more than the whole answer
  let address = null;
  let addressTimer = 0;
  const sendFilters = (form) => {
    const mark = form.elements.namedItem("intent");
    const asked = [...new FormData(form)].filter(([, value]) => value);
    mark.value = "filter";
    form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    mark.value = "";
    // No server reads an address without end: what is too long stays in its field.
    if (asked.some(([, value]) => value.length > 500)) return;
    address = { path: location.pathname, search: `?${new URLSearchParams(asked)}` };
    clearTimeout(addressTimer);
    addressTimer = setTimeout(writeAddress, 300);
  };
  const writeAddress = () => {
    if (address && address.path === location.pathname) history.replaceState(history.state, "", address.search);
    address = null;
  };

  const press = {
    dialogOpen: (button) => doc.getElementById(button.dataset.dialogOpen)?.showModal(),
    // The device's own way to share, where there is one; else the address goes to the clipboard, and the button says so.
    share: async (button) => {
      const url = new URL(button.dataset.share, location.origin).href;
      const label = button.lastChild;
      const before = label.textContent;
      try {
        if (navigator.share) { await navigator.share({ title: button.dataset.shareTitle, url }); return; }
        await navigator.clipboard.writeText(url);
        label.textContent = button.dataset.doneText;
      } catch (refused) {
        if (refused.name !== "AbortError") prompt(before, url);
        return;
      }
      setTimeout(() => { label.textContent = before; }, 2500);
    },
    dialogClose: (button) => button.closest("dialog")?.close(),
    reveal: (button) => {
      const field = doc.getElementById(button.dataset.reveal);
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      button.textContent = shown ? button.dataset.hideText : button.dataset.showText;
    },
    unfold: (button) => button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true")),
    forget: ({ form }) => { all("[data-keep]", form).forEach(dropKept); location.reload(); },
    reload: () => location.reload(),
    print: () => print(),
  };
  // ---- A form with several buttons says which one was pressed
  doc.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("button[data-intent]");
    const field = pressed?.form?.elements.namedItem("intent");
    if (field) field.value = pressed.dataset.intent;
  }, true);

  doc.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-dialog-open],[data-dialog-close],[data-reveal],[data-unfold],[data-forget],[data-reload],[data-print],[data-share]");
    if (button) Object.keys(press).forEach((name) => { if (button.dataset[name] !== undefined) press[name](button); });
    if (event.target.nodeName === "DIALOG") event.target.close();
    event.target.closest?.("[data-wish]")?.toggleAttribute("data-wished");
    const jump = event.target.closest?.("[data-error-summary] a, .skip, [data-jump]");
    const goal = jump && doc.getElementById(jump.hash.slice(1));
    if (goal) {
      event.preventDefault();
      const whole = !jump.closest("[data-error-summary]");
      if (whole) goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
      goal.scrollIntoView({ block: whole ? "start" : "center" });
    }
    // Another page of results begins at its top.
    const heading = event.target.closest?.(".pages a") && one("[data-results]");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); heading.scrollIntoView(); }
  });
  // A menu closes after an act, a tap elsewhere or Esc; its button has the focus again, also behind a dialog.
  const closeMenu = (menu, back) => { menu.open = false; if (back) one("summary", menu).focus(); };
  doc.addEventListener("click", ({ target }) => all("[data-menu][open]").forEach((menu) => {
    const inside = menu.contains(target);
    if (!inside || target.closest("a, button")) closeMenu(menu, inside);
  }), true);
  doc.addEventListener("keydown", ({ key, target }) => {
    const menu = key === "Escape" && target.closest?.("[data-menu][open]");
    if (menu) closeMenu(menu, true);
  });
  // Before React Router: going back keeps the filters and the place in the list.
  doc.addEventListener("click", (event) => {
    const back = event.target.closest?.("a[data-back]");
    if (!back || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (cameFrom && cameFrom === new URL(back.href).pathname) { event.preventDefault(); event.stopPropagation(); history.back(); }
  }, true);

  let scrollTimer = 0;
  addEventListener("scroll", () => { clearTimeout(scrollTimer); scrollTimer = setTimeout(rememberPlace, 120, placeKey()); }, { passive: true });
  doc.addEventListener("click", ({ target }) => { if (target.closest?.("a")) rememberPlace(); }, true);
  addEventListener("pagehide", writeAddress);
  addEventListener("popstate", () => { byHistory = true; plan(); });
  // In another tab of this browser somebody else signed in, or everybody left: this page is no longer theirs. After a
  // proof there, the session goes on under another cookie, which this page takes when it is looked at again.
  let moved = false;
  // Led to the sign-in form meanwhile, it goes on from there.
  const goOn = () => (/^\/\w/.test(heading()) ? location.replace(heading()) : location.reload());
  const follow = () => { if (moved && !doc.hidden) goOn(); };
  doc.addEventListener("visibilitychange", follow);
  addEventListener("focus", follow);
  addEventListener("storage", ({ key, newValue }) => {
    if (key === `${PREFIX}moved` && newValue) moved = true;
    if (key !== `${PREFIX}who` || !lastPerson || newValue === lastPerson) return;
    if (newValue) goOn();
    else setTimeout(() => location.reload(), 1000); // leaving empties the device before the server knows
  });
  addEventListener("online", showConnection);
  addEventListener("offline", showConnection);
  // A page taken out of the browser's memory may show what was signed out since.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  plan();
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") returnToPlace();
})();
