/* Zoeken en de kaart. Alles staat in de bladzijde: er is geen netwerk en geen server nodig. */
document.addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const data = read("gegevens");
  const say = (key, facts) => Object.entries(facts).reduce((text, [name, value]) => text.replace(`[${name}]`, value), data.words[key]);

  /* --- zoeken --- */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const cards = [...document.querySelectorAll(".card")].map((node) => {
    const names = node.dataset.find.split("|");
    return { node, names, plain: names.map(plain), text: plain(names.join(" ")), match: node.querySelector(".match") };
  });
  const groups = [...document.querySelectorAll(".group")].map((node) => ({ node, details: node.querySelector("details"), cards: cards.filter((card) => node.contains(card.node)) }));
  const box = byId("zoek");
  const status = byId("aantal");
  const find = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const hit = words.every((word) => card.text.includes(word));
      card.node.hidden = !hit;
      shown += hit;
      const inside = hit && words.length && !words.every((word) => plain(card.node.querySelector("h4").textContent).includes(word))
        ? card.names.filter((_, order) => words.some((word) => card.plain[order].includes(word))) : [];
      card.match.hidden = !inside.length;
      card.match.textContent = inside.length ? say("holds", { name: inside.slice(0, 3).join(", ") }) : "";
    }
    for (const group of groups) {
      group.node.hidden = group.cards.every((card) => card.node.hidden);
      if (group.details && words.length) group.details.open = true;
    }
    status.textContent = !words.length ? say("all", { count: cards.length }) : shown ? say("some", { shown, count: cards.length }) : data.words.nothing;
  };
  document.querySelector(".search").hidden = false;
  box.addEventListener("input", find);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.value) { box.value = ""; find(); }
    if (event.key === "Enter") {
      const first = cards.find((card) => !card.node.hidden && card.node.querySelector("h4 a"));
      if (box.value && first) first.node.querySelector("h4 a").focus();
    }
  });
  find();

  /* --- kaart --- */
  const finder = document.querySelector(".finder");
  if (!finder) return;
  finder.hidden = false;
  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, attributes = {}, ...children) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const place = byId("gemeente");
  const topic = byId("onderwerp");
  const told = byId("gewezen");
  const drawn = new Map();
  let rows = [];
  const describe = (row, area) => {
    const order = topic.value === "" ? -1 : Number(topic.value);
    const parts = order < 0 ? [] : [row.values[order], data.groups[row.groups[order]]].filter(Boolean);
    return (area && area !== row.name ? `${row.name} (${area})` : row.name) + (parts.length ? `: ${parts.join(", ")}` : "");
  };
  const point = (row) => {
    for (const other of rows) other.mark(other === row);
    told.textContent = row ? describe(row) : matchMedia("(hover: hover) and (pointer: fine)").matches ? data.words.choose : data.words.touch;
  };
  // Only links: a drawing that listens for focus would become a stop for the tab key.
  const listen = (node, row) => {
    const isLink = node.localName === "a";
    for (const name of isLink ? ["pointerenter", "focus"] : ["pointerenter"]) node.addEventListener(name, () => point(row));
    for (const name of isLink ? ["pointerleave", "blur"] : ["pointerleave"]) node.addEventListener(name, () => point(null));
  };
  const colour = () => {
    const order = topic.value === "" ? -1 : Number(topic.value);
    byId("legenda").hidden = order < 0;
    byId("uitleg").hidden = order >= 0;
    for (const row of rows) {
      row.path.setAttribute("class", `${order < 0 ? (row.slug ? "with" : "without") : `g${row.groups[order]}`}${row.slug ? " has" : ""}`);
      row.title.textContent = describe(row);
      if (row.link) row.link.setAttribute("aria-label", describe(row, row.area));
      row.value.textContent = order < 0 ? "" : `${row.values[order] || "–"} · ${data.groups[row.groups[order]]}`;
    }
    point(null);
  };
  const draw = () => {
    if (!drawn.has(place.value)) drawn.set(place.value, read(`kaart-${place.value}`));
    const map = drawn.get(place.value);
    const pattern = make("pattern", { id: "arcering", width: 12, height: 12, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      make("rect", { width: 12, height: 12, class: "ground" }), make("line", { x1: 0, y1: 0, x2: 0, y2: 12, class: "hatch" }));
    const svg = make("svg", { viewBox: `0 0 ${map.size[0]} ${map.size[1]}`, role: "group", "aria-label": place.selectedOptions[0].textContent }, make("defs", {}, pattern));
    const list = byId("lijst");
    list.replaceChildren();
    rows = map.wijken.map(([name, d, groups, values, slug, lies]) => {
      const [called, page] = data.pages[slug] || ["", ""];
      // A wijk that only holds an area is not the area, and its figure is not the area's.
      const area = lies === "holds" ? say("inside", { name: called }) : called;
      const title = make("title");
      const path = make("path", { d, "fill-rule": "evenodd" }, title);
      const href = page || (slug ? `#gebied-${slug}` : "");
      const link = href ? make("a", { href }, path) : null;
      const item = document.createElement("li");
      const label = document.createElement(href ? "a" : "span");
      label.textContent = name;
      if (href) label.href = href;
      const value = document.createElement("span");
      value.className = "value";
      item.append(label, " ", value);
      if (area && area !== name) {
        const note = document.createElement("span");
        note.className = "area";
        note.textContent = area;
        label.after(" ", note);
      }
      list.append(item);
      const row = { name, area, slug, over: lies === "over", groups: [...groups].map(Number), values: values.split("|"), path, title, link, value };
      row.mark = (on) => { path.classList.toggle("on", on); item.classList.toggle("on", on); };
      listen(link || path, row);
      listen(item, row);
      if (href) listen(label, row);
      return row;
    });
    // Outlines of areas with a profile last, so that no neighbour lies over them; buurten on top.
    const depth = (row) => Boolean(row.slug) + 2 * row.over;
    for (const row of [...rows].sort((one, other) => depth(one) - depth(other))) svg.append(row.link || row.path);
    byId("kaart").replaceChildren(svg);
    colour();
  };
  byId("zelfde").open = matchMedia("(min-width: 40em)").matches;
  place.addEventListener("change", draw);
  topic.addEventListener("change", colour);
  draw();
});
