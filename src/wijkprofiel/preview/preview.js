// Shows what the server tells: the list, what is wrong, and the document that was chosen.
"use strict";

const at = (id) => document.getElementById(id);
let told = null;
let drawn = "";

function node(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function chosen() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return told.papers.find((paper) => paper.name === wanted) || told.papers[0];
}

function list(current) {
  at("papers").replaceChildren(...told.papers.map((paper) => {
    const link = node("a", paper.name, { href: "#" + encodeURIComponent(paper.name) });
    if (paper === current) link.setAttribute("aria-current", "page");
    if (paper.problems.length) link.className = "wrong";
    const item = node("li");
    item.append(link);
    return item;
  }));
}

function wrong(current) {
  const problems = [...told.problems, ...(current ? current.problems : [])];
  const place = at("wrong");
  place.hidden = problems.length === 0;
  const stays = current && current.version ? "Below: the last version that was right." : "";
  place.replaceChildren(node("h2", "Not as it should be. " + stays), ...problems.map((problem) => {
    const line = node("p");
    line.append(node("code", problem.where), "  " + problem.message);
    if (problem.hint) line.append("\nhint: " + problem.hint);
    return line;
  }));
}

function findings(current) {
  const lines = current ? current.findings : [];
  const shown = lines.map((f) => node("li", `${f.severity}: ${f.where} ${f.message}`));
  const items = node("ul");
  items.append(...shown);
  at("told").replaceChildren(...(shown.length ? [items] : []));
}

function pages(paper, place) {
  const made = [];
  for (let n = 1; n <= paper.pages; n += 1) {
    const source = `/pages/${encodeURIComponent(paper.name)}?n=${n}&v=${paper.version}`;
    const old = place.querySelectorAll("img")[n - 1];
    const image = old && old.dataset.paper === paper.name ? old : node("img");
    image.dataset.paper = paper.name;
    image.alt = `${paper.name}, page ${n} of ${paper.pages}`;
    if (image.getAttribute("src") !== source) image.src = source;
    made.push(image);
  }
  const whole = node("p");
  whole.append(node("a", "Open the file", { href: `/files/${encodeURIComponent(paper.name)}` }));
  place.replaceChildren(whole, ...made);
}

function framed(paper, place) {
  const source = `/files/${encodeURIComponent(paper.name)}?v=${paper.version}`;
  const old = place.querySelector("iframe");
  if (old && old.dataset.paper === paper.name) {
    const top = old.contentWindow.scrollY;
    old.onload = () => old.contentWindow.scrollTo(0, top);
    old.src = source;
    return;
  }
  const frame = node("iframe", "", { title: paper.name, src: source });
  frame.dataset.paper = paper.name;
  place.replaceChildren(frame);
}

function show(current) {
  const place = at("shown");
  const key = current ? current.name + current.version : "";
  if (key === drawn) return;
  drawn = key;
  if (!current || !current.version) place.replaceChildren();
  else if (current.pages) pages(current, place);
  else if (current.name.endsWith(".html")) framed(current, place);
  else {
    const line = node("p");
    line.append(node("a", "Open " + current.name, { href: `/files/${encodeURIComponent(current.name)}` }));
    place.replaceChildren(line);
  }
}

function draw() {
  if (!told) return;
  const current = chosen();
  document.title = `${told.area} – preview`;
  at("area").textContent = told.area;
  at("state").textContent = told.busy ? "making …" : "up to date";
  list(current);
  wrong(current);
  findings(current);
  show(current);
}

const events = new EventSource("/events");
events.addEventListener("change", (event) => {
  told = JSON.parse(event.data);
  draw();
});
events.onerror = () => { at("state").textContent = "the preview has stopped"; };
addEventListener("hashchange", draw);
