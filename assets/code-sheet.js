// The sheet of codes is no Reflex page: its one button needs one line.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
