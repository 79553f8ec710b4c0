"use strict";
// The index comes as scripts, for a page opened from disk may load nothing else.
const SHARDS = 64, SHOWN = 100;
const shards = new Map();
let pages = null, asked = 0;
window.extractorPages = (listed) => { pages = listed; };
window.extractorShard = (number, found) => { shards.set(number, new Map(Object.entries(found))); };

const load = (name) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = `search/${name}.js`;
  script.onload = done;
  script.onerror = () => failed(new Error(name));
  document.head.append(script);
});
const shardOf = (pair) => {
  let sum = 0;
  for (let at = 0; at < pair.length; at++) sum += (pair.charCodeAt(at) & 255) + (pair.charCodeAt(at) >> 8);
  return sum % SHARDS;
};
const pairsOf = (text) => {
  const pairs = new Set();
  for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    const chars = [...word];
    for (let at = 0; at + 1 < chars.length; at++) pairs.add(chars[at] + chars[at + 1]);
  }
  return [...pairs];
};
const numbersOf = (pair) => {
  let last = 0;
  return new Set((shards.get(shardOf(pair)).get(pair) || []).map((step) => (last += step)));
};
const show = (numbers, told) => {
  const english = document.documentElement.lang === "en";
  document.getElementById("told").textContent = told ? (english
    ? `${numbers.length} reports hold all of these pairs of characters, ${SHOWN} at most are shown`
    : `${numbers.length} 份含有这些字（两字两字地比），至多列出 ${SHOWN} 份`) : "";
  document.getElementById("found").replaceChildren(...numbers.slice(0, SHOWN).map((number) => {
    const [address, title, about] = pages[number];
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    item.append(link, ` ${about}`);
    return item;
  }));
};
const search = async () => {
  const turn = ++asked, pairs = pairsOf(document.getElementById("wanted").value);
  const wanted = [...new Set(pairs.map(shardOf))].filter((number) => !shards.has(number));
  await Promise.all([...(pages ? [] : ["pages"]), ...wanted].map(load));
  if (turn !== asked) return;
  if (!pairs.length) return show([], false);
  const sets = pairs.map(numbersOf);
  show([...sets[0]].filter((number) => sets.every((set) => set.has(number))), true);
};
document.getElementById("wanted").addEventListener("input", () => {
  search().catch((error) => { document.getElementById("told").textContent = String(error); });
});
