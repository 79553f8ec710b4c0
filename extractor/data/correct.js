// The panel of the review page: a person says what a cell holds, or decides about a finding.
(() => {
  const panel = document.getElementById("panel");
  const about = JSON.parse(panel.dataset.about);
  const part = (name) => document.getElementById("panel-" + name);
  const value = part("value"), why = part("why"), who = part("who"), told = part("told");
  const remembered = (() => { try { return window.localStorage; } catch { return null; } })();
  const kept = []; // corrections of a page that is only a file
  let chosen = null;

  const element = (name, words, kind) => {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  };
  const heads = (cell) => {
    const row = cell.parentElement.querySelector("th"), table = cell.closest("table");
    const column = table.rows[0].cells[cell.cellIndex];
    return [cell.closest(".standard").querySelector("h3").firstChild.textContent, row.textContent.trim(),
      column ? column.textContent.trim() : ""].join(" / ");
  };

  // The part of the page image around the box of a cell, twice as large and with what stands beside it:
  // a box may miss characters.
  function drawPicture(cell) {
    const canvas = part("picture");
    const key = (cell.dataset.k || "").split(" ")[0];
    const rect = key && document.querySelector('#source rect[data-k="' + key + '"]');
    canvas.hidden = !rect;
    if (!rect) return;
    const image = rect.closest(".sheet").querySelector("img");
    const view = rect.ownerSVGElement.viewBox.baseVal;
    const scale = image.naturalWidth / view.width;
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => rect[name].baseVal.value * scale);
    const [aside, above] = [Math.max(5 * height, 90), Math.max(height, 12)];
    const from = [Math.max(0, x - aside), Math.max(0, y - above)];
    const size = [Math.min(width + 2 * aside, 600, image.naturalWidth - from[0]), height + 2 * above];
    canvas.width = size[0] * 2;
    canvas.height = size[1] * 2;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", about.words.printed + " " + (cell.dataset.raw || ""));
    const pen = canvas.getContext("2d");
    pen.drawImage(image, ...from, ...size, 0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#b26a00";
    pen.lineWidth = 2;
    pen.strokeRect((x - from[0]) * 2, (y - from[1]) * 2, width * 2, height * 2);
  }
  function candidates(facts) {
    const line = element("p", about.words["sums-say"] + about.words.colon);
    for (const each of facts.sums) {
      const button = element("button", each);
      button.type = "button";
      button.addEventListener("click", () => { value.value = each; value.focus(); });
      line.append(button);
    }
    return line;
  }
  function drawFacts(cell) {
    const facts = JSON.parse(cell.dataset.facts || "{}"), place = part("facts");
    place.replaceChildren();
    if (cell.dataset.raw) place.append(element("p", about.words.printed + about.words.colon + "“" + cell.dataset.raw + "”"));
    for (const each of facts.readings || []) place.append(element("p", about.words["read-as"] + about.words.colon + each));
    if (facts.sums) place.append(candidates(facts));
    if (facts.years) {
      const list = element("dl", "", "years");
      for (const [year, shown] of facts.years) list.append(element("dt", year), element("dd", shown || about.words["left-blank"]));
      place.append(element("p", about.words["over-years"]), list);
    }
    if (facts.correction) {
      const [name, when, reason] = facts.correction;
      place.append(element("p", [about.words["corrected-by"], name, when, reason].filter(Boolean).join(about.words.comma)));
    }
    part("withdraw").hidden = !facts.correction || !about.save;
  }
  function choose(cell) {
    chosen = cell;
    panel.hidden = !cell;
    if (!cell) return;
    part("label").textContent = heads(cell) + "（" + cell.dataset.c + "）";
    value.value = cell.dataset.v;
    why.value = "";
    told.textContent = "";
    who.value = who.value || (remembered && remembered.getItem("who")) || "";
    drawPicture(cell);
    drawFacts(cell);
  }

  async function send(address, content) {
    const answer = await fetch(address, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error ? said.error.message : String(answer.status));
    return said;
  }
  const failed = (error) => { told.textContent = about.words["not-saved"] + about.words.colon + error.message; };
  // Open cells; where there are none, those that the source does not have.
  function doubtful() {
    const all = [...document.querySelectorAll("#reading td.doubt")], open = all.filter((each) => each.querySelector(".open"));
    return open.length ? open : all;
  }
  function nextAfter(cell) {
    const all = [...document.querySelectorAll("#reading td[data-c]")], open = doubtful();
    const later = open.filter((each) => all.indexOf(each) > all.indexOf(cell));
    const next = later[0] || open.find((each) => each !== cell);
    return next ? next.dataset.c : cell.dataset.c;
  }
  function reopen(cell) {
    location.replace("#" + cell);
    location.reload();
  }
  function keep(line) {
    kept.push(JSON.stringify(line));
    chosen.textContent = line.value === null ? "" : String(line.value);
    chosen.classList.remove("doubt");
    chosen.classList.add("corrected");
    part("keep").hidden = false;
    told.textContent = kept.length + " " + about.words["kept-n"];
  }
  const asNumber = (typed) => {
    const plain = typed.normalize("NFKC").replace(/[,\s]/g, "");
    if (plain === "") return null;
    return /^-?\d+(\.\d+)?$/.test(plain) ? plain : undefined;
  };
  async function save(withdrawn) {
    if (!chosen) return;
    const number = withdrawn ? null : asNumber(value.value);
    if (number === undefined) { told.textContent = about.words["not-a-number"]; return; }
    if (remembered && who.value) remembered.setItem("who", who.value);
    const line = { document: about.document, cell: chosen.dataset.c, value: number, who: who.value, why: why.value,
      of: part("of").value, seen: chosen.title.split("｜").pop() };
    const next = withdrawn ? chosen.dataset.c : nextAfter(chosen);
    if (!about.save) {
      keep({ ...line, value: number === null ? null : Number(number), who: line.who || "?", when: new Date().toISOString() });
      const other = document.getElementById(next);
      if (other !== chosen) other.click();
      return;
    }
    try {
      const said = await send(about.save, { ...line, withdrawn: Boolean(withdrawn) });
      sessionStorage.setItem("told", [about.words.saved, chosen.dataset.c, ...said.warnings].join(about.words.colon).slice(0, 500));
      reopen(next);
    } catch (error) { failed(error); }
  }
  function download(name, content, kind) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  document.addEventListener("pinned", (event) => {
    const cell = event.detail;
    choose(cell && cell.dataset.c ? cell : null);
  });
  part("save").addEventListener("click", () => save(false));
  part("withdraw").addEventListener("click", () => save(true));
  part("keep").addEventListener("click", () => download("corrections.jsonl", kept.join("\n") + "\n", "application/json"));
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation(); // letters typed here are no commands
    if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); save(false); }
    if (event.key === "Escape" && chosen) chosen.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || !chosen) return;
    if (event.target.matches("input, select")) return;
    event.preventDefault();
    value.focus();
    value.select();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-choice]");
    if (!button || !about.decide) return;
    const cause = button.closest("[data-cause]").dataset.cause;
    try {
      await send(about.decide, { document: about.document, cause, choice: button.dataset.choice,
        who: who.value || (remembered && remembered.getItem("who")) || "" });
      location.reload();
    } catch (error) { panel.hidden = false; failed(error); }
  });

  // A table as text with tabs, and as a table for programs that take one.
  const plainWords = (cell) => (cell.dataset.c ? (cell.classList.contains("doubt") ? "?" : cell.dataset.v)
    : cell.textContent.trim());
  const rowsOf = (section) => [...section.querySelectorAll("tr")].map((row) => [...row.cells].map(plainWords));
  async function copy(rows, button) {
    const lines = rows.map((row) => row.join("\t")).join("\n");
    const holder = element("textarea", lines);
    const told = element("span", about.words.copied, "copied");
    told.setAttribute("role", "status");
    if (navigator.clipboard && window.isSecureContext) await navigator.clipboard.writeText(lines);
    else { document.body.append(holder); holder.select(); document.execCommand("copy"); holder.remove(); }
    button.after(told);
    setTimeout(() => told.remove(), 3000);
  }
  const quoted = (words) => '"' + words.replaceAll('"', '""') + '"';
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const section = button.closest(".standard"), rows = rowsOf(section);
    if (button.dataset.take === "copy") copy(rows, button);
    else download(section.dataset.table + ".csv",
      "\ufeff" + rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n", "text/csv");
  });

  const before = about.save && sessionStorage.getItem("told");
  if (before) sessionStorage.removeItem("told");
  const open = document.querySelector("#reading td.pinned");
  if (open) choose(open);
  if (before) { told.textContent = before; panel.hidden = false; }
})();
