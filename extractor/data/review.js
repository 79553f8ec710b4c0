"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const index = (elements, name) => {
    const found = new Map();
    for (const element of elements)
      for (const word of words(element, name)) found.set(word, [...(found.get(word) || []), element]);
    return found;
  };
  const places = index(all("#source [data-k]"), "k");
  const readings = index(all("#reading [data-k]"), "k");
  const cells = index(all("#reading [data-c]"), "c");
  const bearing = index(all(".findings li"), "cells");
  const root = document.documentElement;
  let pinned = null;
  let matches = []; // of the search
  let current = -1;

  // What belongs together with an element: its places, the cells there, the findings on them.
  function together(element) {
    const group = new Set([element]);
    const own = new Set(words(element, "cells").flatMap((id) => cells.get(id) || []));
    if (element.closest("#source")) words(element, "k").forEach((k) => (readings.get(k) || []).forEach((e) => own.add(e)));
    else if (element.dataset.k !== undefined) own.add(element);
    for (const each of own) {
      group.add(each);
      words(each, "k").forEach((k) => (places.get(k) || []).forEach((e) => group.add(e)));
      if (!element.dataset.cells) words(each, "c").forEach((id) => (bearing.get(id) || []).forEach((e) => group.add(e)));
    }
    return group;
  }
  function light(element) {
    all(".lit, .suspect").forEach((each) => each.classList.remove("lit", "suspect"));
    if (element) together(element).forEach((each) => each.classList.add("lit"));
    if (element) words(element, "suspects").forEach((id) => suspect(document.getElementById(id)));
  }
  // The cell that is wrong stands out from those that only add up with it, here and in the source.
  function suspect(cell) {
    if (!cell) return;
    cell.classList.add("suspect");
    words(cell, "k").forEach((k) => (places.get(k) || []).forEach((each) => each.classList.add("suspect")));
  }
  function pin(element) {
    all(".pinned").forEach((each) => each.classList.remove("pinned"));
    current = -1;
    pinned = element;
    light(element);
    document.dispatchEvent(new CustomEvent("pinned", { detail: element }));
    if (!element) return;
    element.classList.add("pinned");
    const fold = element.closest("details");
    if (fold) fold.open = true;
    element.scrollIntoView({ block: "nearest" });
    const other = element.closest("#source") ? "#reading td, #reading [data-k]" : "#source [data-k]";
    const there = [...together(element)].find((each) => each.matches(other));
    if (there) there.scrollIntoView({ block: "center" });
  }

  const touchable = "[data-k], .findings li";
  // What stays lit when the pointer is over nothing.
  const resting = () => matches[current] || pinned;
  // Where the page is scrolled under a pointer that rests, the pointer has chosen nothing.
  let pointer = "";
  const hasMoved = (event) => pointer !== (pointer = event.screenX + " " + event.screenY);
  document.addEventListener("mouseover", (event) => {
    if (hasMoved(event)) light(event.target.closest(touchable) || resting());
  });
  document.addEventListener("mousemove", hasMoved);
  root.addEventListener("mouseleave", () => light(resting()));
  document.addEventListener("click", (event) => {
    const element = event.target.closest("button, a, input, select") ? null : event.target.closest(touchable);
    if (element) pin(element);
  });
  document.addEventListener("focusin", (event) => {
    const element = event.target.closest(touchable);
    if (element) light(element);
  });

  function step(selector, back) {
    const found = all(selector);
    if (!found.length) return;
    const at = found.indexOf(pinned);
    const next = at < 0 ? (back ? found.length - 1 : 0) : (at + (back ? -1 : 1) + found.length) % found.length;
    found[next].focus({ preventScroll: true });
    pin(found[next]);
  }
  const nextFinding = (back) => step("#broken li.fails", back);
  const nextDoubt = (back) => step("#reading td.doubt, #reading td.worked", back);

  const search = document.getElementById("search");
  const counter = document.getElementById("found");
  const hits = JSON.parse(document.getElementById("panel").dataset.about).words.hits;
  function find() {
    all(".match").forEach((each) => each.classList.remove("match"));
    const wanted = search.value.trim().toLowerCase();
    const searched = all("#reading td, #reading th, #reading li, #reading p, #reading h3, #reading h4, .paper p, .paper td");
    const holds = (each) => each.textContent.toLowerCase().includes(wanted) || (each.dataset.c || "").includes(wanted);
    matches = wanted ? searched.filter(holds) : [];
    matches.forEach((each) => each.classList.add("match"));
    counter.textContent = wanted ? matches.length + " " + hits : "";
    current = -1;
  }
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; find(); search.blur(); }
    if (event.key !== "Enter" || !matches.length) return;
    current = (current + (event.shiftKey ? -1 : 1) + matches.length) % matches.length;
    const fold = matches[current].closest("details");
    if (fold) fold.open = true;
    matches[current].scrollIntoView({ block: "center" });
    light(matches[current]);
  });

  function theme(name) { root.dataset.theme = name; }
  theme(window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const turn = () => theme(root.dataset.theme === "dark" ? "light" : "dark");

  // Arrows go from cell to cell of a table.
  function neighbour(cell, key) {
    const row = cell.parentElement;
    const column = cell.cellIndex;
    if (key === "ArrowLeft") return cell.previousElementSibling;
    if (key === "ArrowRight") return cell.nextElementSibling;
    const line = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    return line && line.cells[column];
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const active = document.activeElement;
    const actions = {
      n: () => nextFinding(false), N: () => nextFinding(true), d: () => nextDoubt(false), D: () => nextDoubt(true),
      t: turn, "/": () => search.focus(), Escape: () => pin(null),
    };
    if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
    else if (event.key === "Enter" && active.matches(touchable)) pin(active);
    else if (event.key.startsWith("Arrow") && active.matches("#reading td")) {
      const next = neighbour(active, event.key);
      if (next && next.dataset.c) { event.preventDefault(); next.focus({ preventScroll: true }); pin(next); }
    }
  });
  document.getElementById("next-finding").addEventListener("click", () => nextFinding(false));
  document.getElementById("next-doubt").addEventListener("click", () => nextDoubt(false));
  document.getElementById("theme").addEventListener("click", turn);

  // review.html#requests.new.total opens at that cell.
  function openAtAddress() {
    const opened = document.getElementById(location.hash.slice(1));
    if (!opened || !opened.dataset.c) return;
    opened.focus({ preventScroll: true });
    pin(opened);
    opened.scrollIntoView({ block: "center" }); // with the heads of its columns, if they are near
  }
  window.addEventListener("hashchange", openAtAddress);
  openAtAddress();
})();
