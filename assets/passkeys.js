// Passkeys: asks our server what to sign, asks the device, sends the form. Loaded by app.js where a page needs it.
(() => {
  "use strict";
  const doc = document;
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const create = (asked) => navigator.credentials.create({ publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: keys(asked.excludeCredentials),
  } });
  const get = (asked) => navigator.credentials.get({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), allowCredentials: keys(asked.allowCredentials),
  } });
  const written = (made) => JSON.stringify({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: Object.fromEntries(PARTS.filter((part) => made.response[part]).map((part) => [part, text(made.response[part])])),
  });

  // ---- A passkey is for one name: elsewhere, or in an old browser, the form says so instead of failing
  const works = (host) =>
    window.PublicKeyCredential && (location.hostname === host || location.hostname.endsWith(`.${host}`));
  const mark = () => doc.querySelectorAll("form[data-passkey]").forEach((form) => {
    const { host } = form.dataset; // nothing before the page has read it
    form.toggleAttribute("data-cannot", Boolean(host) && !works(host));
  });
  new MutationObserver(mark).observe(doc.body, { childList: true, subtree: true, attributeFilter: ["data-host"] });
  mark();

  const tell = (form, name) => { form.querySelector("[data-passkey-line]").textContent = name ? form.dataset[name] : ""; };
  const ask = async (form) => {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value });
    const answer = await fetch(`/auth/cle/demande/${form.dataset.passkey}`, { method: "POST", body });
    const told = await answer.json();
    if (told.aller) { location.assign(told.aller); return; }
    if (!answer.ok) throw new Error(answer.status);
    const made = await (form.dataset.passkey === "ajout" ? create : get)(told);
    form.elements.namedItem("preuve").value = written(made);
    form.submit();
  };
  const WHY = { NotAllowedError: "refused", AbortError: "refused", InvalidStateError: "known" };
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-passkey]")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    tell(form, "");
    ask(form).catch((error) => tell(form, WHY[error.name] || "failed")).finally(() => form.removeAttribute("aria-busy"));
  });
})();
