// The map beside a search: it is drawn when it is shown, keeps its middle when it grows, and follows the mouse.
const wide = matchMedia("(min-width: 1200px)");
const drawn = new WeakMap();
const shown = new WeakMap();

// The looks come with the map, and before it.
const dressed = new Promise((resolve) => {
  const { style } = document.querySelector("[data-map]").dataset;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style, onload: resolve, onerror: resolve });
  document.head.append(sheet);
});

const draw = async (map) => {
  const { map: state, search } = map.dataset;
  if ((!wide.matches && state !== "open") || drawn.get(map) === search) return;
  drawn.set(map, search);
  await dressed;
  map.querySelector(".map-ask").click();
  if (!wide.matches) map.scrollIntoView({ block: "nearest" });
};

// The drawing may have its size only after it is there.
const grown = new ResizeObserver(() => look());

const middle = (frame, [wide, high]) => [
  (frame.scrollLeft + frame.clientWidth / 2) / wide, (frame.scrollTop + frame.clientHeight / 2) / high,
];
const place = (frame) => {
  const { level, view, x, y } = frame.dataset;
  const before = shown.get(frame);
  const size = [frame.scrollWidth, frame.scrollHeight];
  if (before?.level === level && before.view === view && before.size + "" === size + "") return;
  if (!before) grown.observe(frame.firstElementChild);
  const moved = before && (frame.scrollLeft !== before.left || frame.scrollTop !== before.top);
  const at = before?.view !== view ? [x / 100, y / 100] : moved ? middle(frame, before.size) : before.at;
  frame.scrollTo(at[0] * size[0] - frame.clientWidth / 2, at[1] * size[1] - frame.clientHeight / 2);
  shown.set(frame, { level, view, size, at, left: frame.scrollLeft, top: frame.scrollTop });
};

const look = () => {
  document.querySelectorAll("[data-map]").forEach(draw);
  document.querySelectorAll(".map-frame").forEach(place);
};
const dataset = ["data-map", "data-search", "data-level", "data-view", "data-x", "data-y"];
new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: dataset });
wide.addEventListener("change", look);
addEventListener("resize", look);

// A finger scrolls the map by itself; a mouse takes hold of it.
let held = null;
addEventListener("pointerdown", (event) => {
  const frame = event.target.closest?.(".map-frame");
  if (frame && event.pointerType === "mouse" && event.button === 0 && !event.target.closest("a, button")) held = frame;
});
addEventListener("pointermove", ({ movementX, movementY }) => held?.scrollBy(-movementX, -movementY));
["pointerup", "pointercancel", "blur"].forEach((type) => addEventListener(type, () => { held = null; }));
look();
