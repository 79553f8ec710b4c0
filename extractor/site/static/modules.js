"use strict";
// duckdb.js is a module of the kind that asks for its parts by name; here they are scripts of this page.
window.exports = {};
window.module = { exports: window.exports };
window.require = (name) => {
  if (name !== "apache-arrow") throw new Error(`no ${name} here`);
  return window.Arrow;
};
