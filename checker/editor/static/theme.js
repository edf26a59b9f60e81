// Dark or light, before anything is drawn: as the system has it, or as the person chose on this browser.
"use strict";

(() => {
  const NAME = "checker-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(NAME) ?? "";
    } catch { // a browser that lets no page keep anything
      return "";
    }
  }

  function paint() {
    document.documentElement.dataset.theme = chosen() || (system.matches ? "dark" : "light");
  }

  paint();
  system.addEventListener("change", paint);
  addEventListener("storage", paint);
  addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("theme");
    if (!field) return;
    field.value = chosen();
    field.addEventListener("change", () => {
      try {
        localStorage.setItem(NAME, field.value);
      } catch { /* then it holds for as long as the page is open */ }
      document.documentElement.dataset.theme = field.value || (system.matches ? "dark" : "light");
    });
  });
})();
