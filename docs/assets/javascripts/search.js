/*
 * Before the theme starts: have it load search when a reader searches, not with every page.
 *
 * The theme starts the worker that its configuration names, and fetches the index, 40 % of a page's weight, if there
 * is a form of the name "search". Ours, search-worker.js, fetches both when they are needed. Where words of a search
 * are to be marked, in a page that is opened from its results, the theme needs the index at once.
 */

(() => {
  "use strict";

  const form = document.forms.namedItem("search");
  const settings = document.getElementById("__config");
  if (!form || !settings) return;

  const configuration = JSON.parse(settings.textContent);
  const worker = new URL("search-worker.js", document.currentScript.src);
  worker.search = new URL(configuration.search, location).pathname;
  settings.textContent = JSON.stringify({ ...configuration, search: worker.href });
  if (new URLSearchParams(location.search).has("h")) return;
  form.removeAttribute("name");

  // Ahead of the first letter, into the browser's cache.
  form.addEventListener(
    "focusin",
    () => {
      const index = new URL("../../search/search_index.json", worker);
      for (const address of [index, configuration.search]) fetch(address).catch(() => {});
    },
    { once: true },
  );
})();
