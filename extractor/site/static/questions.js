"use strict";
(() => {
  const MOST = 100000, SHOWN = 500, DRAWN = 40;
  const { tables, views, questions } = window.extractorQuestions;
  const duckdb = window.module.exports;
  const at = (id) => document.getElementById(id);
  const english = () => document.documentElement.lang === "en";
  const say = (zh, en) => { at("told").textContent = english() ? en : zh; };
  const here = (address) => new URL(address, document.baseURI).href;
  let connection = null, answer = null, turn = 0;

  // The worker starts from a text of this page, and so its policy is the page's: no other site is asked.
  const open = async () => {
    const start = `importScripts(${JSON.stringify(here("duckdb/worker.js"))});`;
    const worker = new Worker(URL.createObjectURL(new Blob([start], { type: "text/javascript" })));
    const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    await database.instantiate(here("duckdb/duckdb-eh.wasm"));
    await database.open({ filesystem: { allowFullHTTPReads: true } });
    const made = await database.connect();
    for (const [name, address] of Object.entries(tables)) {
      await database.registerFileURL(`${name}.parquet`, here(address), duckdb.DuckDBDataProtocol.HTTP, false);
      await made.query(`CREATE VIEW "${name}" AS SELECT * FROM '${name}.parquet'`);
    }
    for (const view of views) await made.query(`CREATE VIEW ${view.id} AS ${view.sql}`);
    return { database, query: (sql) => made.query(sql) };
  };

  // CSV keeps what is printed: no number goes through a float on its way to the table.
  const rowsOf = (text) => {
    const rows = [];
    let row = [], cell = "", quoted = false, wasQuoted = false;
    const end = () => { row.push(cell === "" && !wasQuoted ? null : cell); cell = ""; wasQuoted = false; };
    for (let place = 0; place < text.length; place++) {
      const char = text[place];
      if (quoted) {
        if (char !== '"') cell += char;
        else if (text[place + 1] === '"') { cell += char; place++; } else quoted = false;
      } else if (char === '"') { quoted = true; wasQuoted = true; }
      else if (char === ",") end();
      else if (char === "\n") { end(); rows.push(row); row = []; }
      else if (char !== "\r") cell += char;
    }
    if (cell || row.length) { end(); rows.push(row); }
    return rows;
  };
  const ask = async (sql) => {
    const plain = sql.trim().replace(/;\s*$/, "");
    const described = await connection.query(`DESCRIBE ${plain}`);
    const types = described.toArray().map((row) => String(row.column_type));
    await connection.query(`COPY (SELECT * FROM (${plain}\n) LIMIT ${MOST + 1}) TO 'answer.csv' (FORMAT CSV, HEADER)`);
    const bytes = await connection.database.copyFileToBuffer("answer.csv");
    await connection.database.dropFile("answer.csv");
    const [names, ...rows] = rowsOf(new TextDecoder().decode(bytes));
    const bare = (value, type) => (value !== null && /^(DECIMAL|DOUBLE)/.test(type)
      ? value.replace(/^(-?\d+)\.(\d*?)0+$/, (_, whole, rest) => (rest ? `${whole}.${rest}` : whole)) : value);
    return { names, types, rows: rows.map((row) => row.map((value, place) => bare(value, types[place]))) };
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const isNumber = (type) => /^(DECIMAL|DOUBLE|FLOAT|HUGEINT|U?(TINY|SMALL|BIG)?INT(EGER)?)/.test(type);
  const showTable = () => {
    const table = element("table"), head = element("thead"), names = element("tr"), body = element("tbody");
    for (const name of answer.names) {
      const cell = element("th", name);
      cell.scope = "col";
      names.append(cell);
    }
    head.append(names);
    for (const row of answer.rows.slice(0, SHOWN)) {
      const line = element("tr");
      line.append(...row.map((value) => element("td", value === null ? "" : value)));
      body.append(line);
    }
    table.append(head, body);
    at("answer").replaceChildren(table);
  };
  const drawn = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const showChart = () => {
    const label = Number(at("label").value), number = Number(at("number").value);
    at("chart").replaceChildren();
    if (!at("number").options.length || number < 0) return;
    const rows = answer.rows.slice(0, DRAWN);
    const most = Math.max(...rows.map((row) => Math.abs(Number(row[number] ?? 0))), 0) || 1;
    const svg = drawn("svg", { viewBox: `0 0 640 ${rows.length * 22 + 8}`, role: "img", class: "bars" });
    svg.setAttribute("aria-label", `${answer.names[number]} / ${answer.names[label]}`);
    rows.forEach((row, place) => {
      const top = place * 22 + 4, known = row[number] !== null;
      const name = String(row[label] ?? "?");
      svg.append(drawn("text", { x: 214, y: top + 14, class: "name" }, name.length > 16 ? `${name.slice(0, 15)}…` : name));
      if (known) svg.append(drawn("rect", { class: "k0", x: 220, y: top, height: 17, width: 330 * Math.abs(Number(row[number])) / most }));
      svg.append(drawn("text", { x: 224 + (known ? 330 * Math.abs(Number(row[number])) / most : 0), y: top + 14, class: known ? "value" : "value unknown" }, known ? row[number] : "?"));
    });
    at("chart").append(svg);
  };
  const choices = (select, places, chosen, none) => {
    const option = (value, text) => { const made = element("option", text); made.value = value; return made; };
    select.replaceChildren(...(none ? [option(-1, "—")] : []), ...places.map((place) => option(place, answer.names[place])));
    select.disabled = !places.length;
    if (places.length) select.value = chosen;
  };
  const show = () => {
    const places = answer.names.map((_, place) => place);
    const numbers = places.filter((place) => isNumber(answer.types[place]) && answer.names[place] !== "year");
    const labels = places.filter((place) => !numbers.includes(place));
    choices(at("label"), places, labels[0] ?? 0, false);
    choices(at("number"), numbers, numbers[numbers.length > 1 && labels.length === 1 ? 1 : 0] ?? -1, true);
    at("csv").disabled = false;
    showTable();
    showChart();
  };
  const run = async () => {
    const mine = ++turn;
    say("正在准备……", "getting ready…");
    try {
      connection = connection || await open();
      if (mine !== turn) return;
      say("正在查询……", "asking…");
      const started = performance.now();
      const got = await ask(at("sql").value);
      if (mine !== turn) return;
      const cut = got.rows.length > MOST;
      answer = { ...got, rows: got.rows.slice(0, MOST) };
      show();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const many = cut ? `${MOST}+` : String(got.rows.length);
      say(`${many} 行，${seconds} 秒；至多列出 ${SHOWN} 行，CSV 里是全部`, `${many} rows, ${seconds} s; ${SHOWN} at most are shown, the CSV has all`);
    } catch (error) {
      if (mine !== turn) return;
      for (const id of ["answer", "chart"]) at(id).replaceChildren();
      for (const id of ["csv", "label", "number"]) at(id).disabled = true;
      say(`没有结果：${error.message}`, `No answer: ${error.message}`);
    }
  };
  const harmless = (value) => (/^'*[=+\-@\t\r]/.test(value) && !/^[+-]?[0-9][0-9,]*(\.[0-9]+)?%?$/.test(value) ? `'${value}` : value);
  const download = () => {
    const cell = (value) => (value === null ? "" : `"${harmless(value).replaceAll('"', '""')}"`);
    const text = [answer.names, ...answer.rows].map((row) => row.map(cell).join(",")).join("\r\n");
    const link = element("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
    link.download = "answer.csv";
    link.click();
  };

  if (location.protocol === "file:") {
    at("from-disk").hidden = false;
    at("run").disabled = true;
    return;
  }
  at("run").addEventListener("click", run);
  at("csv").addEventListener("click", download);
  at("label").addEventListener("change", showChart);
  at("number").addEventListener("change", showChart);
  at("sql").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
  at("ready").addEventListener("change", () => { at("sql").value = questions[Number(at("ready").value)]; run(); });
})();
