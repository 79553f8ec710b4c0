"use strict";
(() => {
  const root = document.documentElement;
  const words = JSON.parse(document.body.dataset.words);
  const inEnglish = document.body.dataset.language === "en";
  const byId = (id) => document.getElementById(id);
  const said = (both) => both[inEnglish ? 1 : 0];
  const remembered = (() => { try { return window.localStorage; } catch { return null; } })();
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  // --- light and dark
  const chosen = remembered && remembered.getItem("theme");
  if (chosen) root.dataset.theme = chosen;
  byId("theme").addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    if (remembered) remembered.setItem("theme", root.dataset.theme);
  });

  // --- files in
  const MOST_FILES = 40, MOST_BYTES = 64 * 1024 * 1024; // of one request
  const drop = byId("drop");

  // A folder that was dropped, with all below it, each file under its path.
  async function filesBelow(entry, path) {
    if (entry.isFile) {
      const file = await new Promise((take, refuse) => entry.file(take, refuse));
      return [{ file, path: path + file.name }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((take, refuse) => reader.readEntries(take, refuse));
      if (!some.length) return found;
      for (const each of some) found.push(...await filesBelow(each, path + entry.name + "/"));
    }
  }
  async function filesDropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
    const found = [];
    for (const entry of entries) found.push(...await filesBelow(entry, ""));
    return found;
  }
  function inPortions(files) {
    const portions = [];
    let size = Infinity;
    for (const each of files) {
      const last = portions.at(-1);
      if (!last || last.length >= MOST_FILES || size + each.file.size > MOST_BYTES) { portions.push([]); size = 0; }
      portions.at(-1).push(each);
      size += each.file.size;
    }
    return portions;
  }
  async function answerOf(response) {
    const content = response.status === 204 ? {} : await response.json();
    if (!response.ok) throw new Error(content.error ? content.error.message : String(response.status));
    return content;
  }
  async function upload(files) {
    const told = byId("upload-told"), bar = byId("upload-progress");
    if (!files.length) return;
    let job = drop.dataset.job, done = 0;
    const skipped = [];
    bar.hidden = false;
    try {
      for (const portion of inPortions(files)) {
        told.textContent = words.uploading + " " + done + "/" + files.length;
        bar.value = done / files.length;
        const form = new FormData();
        form.append("name", nameOf(files));
        for (const each of portion) form.append("files", each.file, each.path);
        const to = job ? "/v1/jobs/" + job + "/files" : "/v1/batch";
        const answer = await answerOf(await fetch(to, { method: "POST", body: form }));
        job = answer.id;
        skipped.push(...answer.skipped);
        done += portion.length;
      }
    } catch (error) {
      told.textContent = words["not-saved"] + "：" + error.message;
      return;
    }
    bar.value = 1;
    told.textContent = skipped.length ? words["skipped-n"] + " " + skipped.length : "";
    if (drop.dataset.job) poll();
    else location.assign("/jobs/" + job);
  }
  // What the batch is called: the folder, or the first file.
  function nameOf(files) {
    const first = files[0].path.split("/");
    return first[0] + (first.length === 1 && files.length > 1 ? " +" + (files.length - 1) : "");
  }
  if (drop) {
    const isForFiles = (event) => [...event.dataTransfer.types].includes("Files");
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => {
      if (!isForFiles(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      if (!isForFiles(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      upload(await filesDropped(event.dataTransfer));
    });
    for (const name of ["files", "folder"]) {
      byId("choose-" + name).addEventListener("click", () => byId(name).click());
      byId(name).addEventListener("change", (event) => upload([...event.target.files].map((file) =>
        ({ file, path: file.webkitRelativePath || file.name }))));
    }
  }

  // --- the list of a job
  const job = byId("job");
  let rows = [], version = "", timer = 0, standing = "", sorted = { key: "", down: false };
  const COLUMNS = [
    ["standing", (row) => said(row.standing_says)], ["file", (row) => row.name], ["agency", (row) => row.agency],
    ["year", (row) => row.year ?? ""], ["verdict", (row) => said(row.verdict_says)],
    ["errors", (row) => row.errors], ["to-verify", (row) => row.to_verify], ["doubts", (row) => row.doubts],
    ["first-thing", (row) => said(row.brief_says)],
  ];
  const NUMBERS = new Set(["year", "errors", "to-verify", "doubts"]);
  const valueOf = (row, key) => COLUMNS.find(([name]) => name === key)[1](row);

  // What people have done about a report already.
  const handled = (row) => [["corrected-n", row.corrected], ["decided-n", row.decided]]
    .filter(([, count]) => count).map(([name, count]) => element("small", words[name].replace("%d", count)));
  function cellOf(row, key, head) {
    const value = valueOf(row, key);
    const cell = element("td", undefined, NUMBERS.has(key) ? "number" : key === "first-thing" ? "brief" : key);
    cell.dataset.head = head;
    if (key === "standing") cell.append(element("span", value, "badge " + row.standing), ...handled(row));
    else if (key === "file") {
      const link = element(row.verdict ? "a" : "span", value);
      if (row.verdict) link.href = "/jobs/" + job.dataset.job + "/documents/" + row.document;
      cell.append(link);
      if (row.copies > 1) cell.append(" ", element("small", words.copies.replace("%d", row.copies)));
    } else if (!(NUMBERS.has(key) && !row.verdict)) cell.textContent = value === 0 && key !== "year" ? "0" : value;
    return cell;
  }
  function isShown(row) {
    if (standing && row.standing !== standing) return false;
    const wanted = byId("filter").value.trim().toLowerCase().split(/\s+/);
    const whole = [row.name, row.agency, row.year, ...row.verdict_says, ...row.standing_says, ...row.brief_says, row.message];
    const text = whole.join(" ").toLowerCase();
    return wanted.every((each) => text.includes(each));
  }
  function compared(one, other) {
    const [a, b] = [one, other].map((row) => valueOf(row, sorted.key));
    const way = sorted.down ? -1 : 1;
    return way * (NUMBERS.has(sorted.key) ? Number(a) - Number(b) : String(a).localeCompare(String(b), "zh"));
  }
  function drawRows() {
    const heads = Object.fromEntries([...document.querySelectorAll("[data-sort]")].map((b) => [b.dataset.sort, b.textContent]));
    const shown = rows.filter(isShown);
    if (sorted.key) shown.sort(compared);
    byId("rows").tBodies[0].replaceChildren(...shown.map((row) => {
      const line = element("tr");
      line.append(...COLUMNS.map(([key]) => cellOf(row, key, heads[key])));
      return line;
    }));
    const all = words.summary.replace("%d", rows.length);
    byId("shown").textContent = shown.length === rows.length ? all : all + "　" + (shown.length || words["none-shown"]);
  }
  function drawStandings() {
    const counts = new Map();
    for (const row of rows) counts.set(row.standing, [said(row.standing_says), (counts.get(row.standing) || ["", 0])[1] + 1]);
    const place = byId("standings"), focused = document.activeElement && document.activeElement.dataset.standing;
    const buttons = [["", [words.all, rows.length]], ...counts].map(([key, [name, count]]) => {
      const button = element("button", name + " " + count);
      button.type = "button";
      button.dataset.standing = key;
      button.setAttribute("aria-pressed", String(key === standing));
      button.addEventListener("click", () => { standing = key; drawStandings(); drawRows(); });
      return button;
    });
    place.replaceChildren(...buttons);
    if (focused !== undefined) { const again = buttons.find((each) => each.dataset.standing === focused); if (again) again.focus(); }
  }
  function drawState(status) {
    const names = { waiting: words.waiting, reading: words["reading-now"], examining: words["examining-now"],
      done: words.done, failed: words.failed };
    const isDone = status.state === "done" || status.state === "failed";
    byId("job-told").textContent = names[status.state] + (isDone ? "" : " " + status.read + "/" + Math.max(status.found, status.files));
    byId("job-progress").hidden = isDone;
    byId("job-progress").value = status.found ? status.read / Math.max(status.found, status.files) : 0;
    byId("trouble").textContent = status.trouble;
    job.dataset.state = status.state;
    return isDone;
  }
  async function poll() {
    clearTimeout(timer);
    let wait = 1000;
    try {
      const response = await fetch("/v1/jobs/" + job.dataset.job + "?since=" + version);
      if (response.status !== 204) {
        const status = await answerOf(response);
        version = status.version;
        rows = status.rows;
        if (drawState(status)) wait = 5000;
        drawStandings();
        drawRows();
      } else if (job.dataset.state === "done") wait = 5000;
    } catch {
      byId("trouble").textContent = words["connection-lost"];
      wait = 5000;
    }
    timer = setTimeout(poll, wait);
  }
  function sortBy(button) {
    const key = button.dataset.sort;
    sorted = { key, down: sorted.key === key ? !sorted.down : NUMBERS.has(key) && key !== "year" };
    for (const head of document.querySelectorAll("th[aria-sort]")) head.setAttribute("aria-sort", "none");
    button.closest("th").setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    drawRows();
  }
  if (job) {
    poll();
    byId("filter").addEventListener("input", drawRows);
    for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => sortBy(button));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.matches("input") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      byId("filter").focus();
    });
    byId("delete").addEventListener("click", async () => {
      if (!window.confirm(words["delete-sure"])) return;
      await fetch("/v1/jobs/" + job.dataset.job, { method: "DELETE" });
      location.assign("/");
    });
  }
})();
