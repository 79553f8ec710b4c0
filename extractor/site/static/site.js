"use strict";
// The language that a reader chose stays chosen where the browser keeps it.
(() => {
  const button = document.getElementById("language"), here = document.currentScript.src;
  const kept = () => { try { return localStorage.getItem("language"); } catch { return null; } };
  const keep = (language) => { try { localStorage.setItem("language", language); } catch { /* not kept */ } };
  const title = document.querySelector("title"), chineseTitle = title.textContent;
  const printed = new Map(); // what stood in an element before it was put into English
  let words = null;

  const label = (text) => text.split(" / ").map((part) => words.labels[part] ?? part).join(" / ");
  const onePlace = (text) => {
    const numbers = text.match(/\d+/g) ?? [], told = words.places[text.replace(/\d+/g, "#")];
    return told ? told.replace(/#/g, () => numbers.shift()) : text;
  };
  const place = (text) => text.trim().split("，续").map(onePlace).join(", continued ");
  const put = (element, language, text) => { element.lang = language; element.textContent = text; };
  const toEnglish = () => {
    if (!words || document.documentElement.lang !== "en") return;
    const found = [["h2.form, table.form th", label], ["table.places td:nth-child(4)", place]];
    for (const [which, english] of found) for (const element of document.querySelectorAll(which)) {
      if (!printed.has(element)) printed.set(element, element.textContent);
      put(element, "en", english(printed.get(element)));
    }
  };
  const toChinese = () => { for (const [element, text] of printed) put(element, "zh", text); };

  window.extractorEnglish = (told) => { words = told; toEnglish(); };
  const speak = (language) => {
    document.documentElement.lang = language;
    title.textContent = (language === "en" && title.dataset.en) || chineseTitle;
    if (language !== "en") toChinese();
    else if (words || !document.querySelector(".form")) toEnglish();
    else {
      const script = document.createElement("script");
      script.src = new URL("english.js", here).href;
      document.head.append(script);
    }
  };
  speak(kept() === "en" ? "en" : "zh");
  button.hidden = false;
  button.addEventListener("click", () => {
    const language = document.documentElement.lang === "en" ? "zh" : "en";
    speak(language);
    keep(language);
  });
})();
