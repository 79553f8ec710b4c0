// What a reader of the review page sees: each function looks at the page as it stands.

function paneHolds(pane, element) {
  const outer = document.getElementById(pane).getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return box.top >= outer.top && box.bottom <= outer.bottom;
}

// The places of the source that are lit, with their words.
function lit() {
  return [...document.querySelectorAll("#source .lit")].map((each) => ({
    words: each.textContent,
    seen: paneHolds("source", each),
  }));
}

// The part of its page's image that a box covers: left, top, right, bottom, each from 0 to 1.
function partCovered(rect) {
  const image = rect.closest(".sheet").querySelector("img");
  const box = rect.getBoundingClientRect(), page = image.getBoundingClientRect();
  return [image.alt, (box.left - page.left) / page.width, (box.top - page.top) / page.height,
    (box.right - page.left) / page.width, (box.bottom - page.top) / page.height];
}

function boxes() {
  return [...document.querySelectorAll("#source rect.lit")].map(partCovered);
}

// Each cell with what `told` says of every element of the source that lights up when the cell is clicked.
function byCell(told) {
  return Object.fromEntries([...document.querySelectorAll("#reading [data-c]")].map((cell) => {
    cell.click();
    return [cell.dataset.c, [...document.querySelectorAll("#source .lit")].map(told)];
  }));
}

function wordsByCell() {
  const found = byCell((each) => each.textContent.replace(/\s+/g, ""));
  return Object.fromEntries(Object.entries(found).map(([cell, words]) => [cell, words.join("")]));
}

function boxesByCell() {
  return byCell(partCovered);
}

const parts = (colour) => (colour.match(/[0-9.]+/g) || []).map(Number);

function lightness(colour) {
  const [r, g, b] = colour.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function colourBehind(element) {
  for (let each = element; each; each = each.parentElement) {
    const colour = parts(getComputedStyle(each).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
}

// The least contrast of words to what lies behind them, as WCAG reckons it, and those words.
function faintest() {
  const hasWords = (element) => [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const contrast = (element) => {
    const front = parts(getComputedStyle(element).color);
    const both = [front, colourBehind(element)].map((colour) => lightness(colour.slice(0, 3)));
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  return [...document.querySelectorAll("body *:not(script, svg *)")].filter(hasWords)
    .map((each) => [contrast(each), `${each.className} ${each.textContent.slice(0, 40)}`])
    .sort((a, b) => a[0] - b[0])[0];
}

// What is wider than the room it has.
function cut() {
  const looked = "header *, #reading li, #reading td, #reading th, #source .paper > *";
  return [...document.querySelectorAll(looked)]
    .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120));
}

// The words of the charts that reach beyond their drawing.
function chartWordsOutside() {
  const outside = (words) => {
    const box = words.getBoundingClientRect(), drawing = words.closest("svg").getBoundingClientRect();
    return box.left < drawing.left || box.right > drawing.right;
  };
  return [...document.querySelectorAll(".chart text")].filter(outside).map((each) => each.textContent);
}

// All names of attributes on the page that hold code.
function handlers() {
  return [...document.querySelectorAll("*")].flatMap((each) => each.getAttributeNames())
    .filter((name) => name.startsWith("on"));
}
