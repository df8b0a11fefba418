/* What every page does: colours for the night by choice, and all details open on paper. */
"use strict";
(() => {
  const KEY = "wijkprofiel-colours";
  const sheet = document.getElementById("dark");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const usual = sheet.media;
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem(KEY, value); } catch { /* private window */ } };
  let chosen = stored();
  const isDark = () => (chosen === null ? system.matches : chosen === "dark");
  const draw = () => {
    sheet.media = chosen === null ? usual : chosen === "dark" ? "screen" : "not all";
    for (const button of document.querySelectorAll("[data-colours]")) {
      button.setAttribute("aria-pressed", String(isDark()));
      button.hidden = false;
    }
  };
  draw();
  system.addEventListener("change", draw);
  document.addEventListener("DOMContentLoaded", () => {
    draw();
    for (const button of document.querySelectorAll("[data-colours]")) {
      button.addEventListener("click", () => {
        chosen = isDark() ? "light" : "dark";
        store(chosen);
        draw();
      });
    }
  });
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
})();
