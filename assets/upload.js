// A file leaves as soon as it is chosen, beside the text being typed, and the page says what became of it.
const upload = async (field) => {
  const { dataset, files: [file] } = field;
  if (!file) return;
  const told = document.getElementById(dataset.told);
  const answered = (words) => { told.textContent = words; field.disabled = false; field.value = ""; };
  if (file.size > Number(dataset.most) * 1e6) { answered(dataset.heavyText); return; }
  told.textContent = dataset.busyText;
  field.disabled = true;
  const form = new FormData();
  Object.entries({ csrf: dataset.csrf, offer: dataset.offer, cv: file }).forEach((part) => form.append(...part));
  try {
    const answer = await fetch(dataset.upload, { method: "POST", body: form });
    answered(answer.ok ? "" : await answer.text());
  } catch { answered(dataset.lostText); }
};
document.addEventListener("change", ({ target }) => { if (target.dataset.upload) upload(target); });
// Chosen before this script was there.
document.querySelectorAll("[data-upload]").forEach(upload);
