"use strict";
// The language that a reader chose stays chosen where the browser keeps it.
(() => {
  const button = document.getElementById("language");
  const kept = () => { try { return localStorage.getItem("language"); } catch { return null; } };
  const keep = (language) => { try { localStorage.setItem("language", language); } catch { /* not kept */ } };
  document.documentElement.lang = kept() === "en" ? "en" : "zh";
  button.hidden = false;
  button.addEventListener("click", () => {
    document.documentElement.lang = document.documentElement.lang === "en" ? "zh" : "en";
    keep(document.documentElement.lang);
  });
})();
