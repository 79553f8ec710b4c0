// Opens a review page and does what a reader does; prints what is lit and pinned after each step.
const { readFileSync } = require("fs");
const { JSDOM, VirtualConsole } = require("jsdom");
const [, , file, cell] = process.argv;
const complaints = [];
const virtualConsole = new VirtualConsole();
for (const kind of ["jsdomError", "error", "warn"]) virtualConsole.on(kind, (each) => complaints.push(String(each)));
const beforeParse = (window) => { window.Element.prototype.scrollIntoView = () => {}; };
const url = "file:///review.html#" + cell;
const { window } = new JSDOM(readFileSync(file, "utf8"), { runScripts: "dangerously", url, virtualConsole, beforeParse });
const { document } = window;
const find = (selector) => [...document.querySelectorAll(selector)];
const state = () => ({
  cells: find("#reading td.lit").map((each) => each.dataset.c),
  places: find("#source .lit").map((each) => each.dataset.k),
  findings: find(".findings li.lit").length,
  pinned: find(".pinned").map((each) => each.dataset.c || each.dataset.k || each.dataset.cells),
});
const key = (name, target) =>
  (target || document.body).dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
const mouse = (kind, target) => target.dispatchEvent(new window.MouseEvent(kind, { bubbles: true }));

const told = { opened: state() };
key("Escape");
told.cleared = state();
const place = find("#source [data-k]").find((each) => each.dataset.k === told.opened.places[0]);
mouse("click", place);
told.fromSource = state();
key("n");
told.finding = state();
mouse("mouseover", document.getElementById(cell));
told.hovered = state();
document.getElementById(cell).focus();
key("ArrowLeft", document.getElementById(cell));
told.left = state();
const theme = document.documentElement.dataset.theme;
key("t");
told.turned = theme !== document.documentElement.dataset.theme;
const search = document.getElementById("search");
search.value = cell;
search.dispatchEvent(new window.Event("input", { bubbles: true }));
told.matches = find(".match").map((each) => each.dataset.c);
told.complaints = complaints;
process.stdout.write(JSON.stringify(told));
