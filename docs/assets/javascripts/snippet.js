/* Programs and results: the Copy button, and which boxes the Tab key stops at. Without it all is readable. */

(() => {
  "use strict";

  /* The Copy button, also on pages that the theme exchanges without loading them anew. */

  const status = document.createElement("div");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not on a secure address, or not permitted: the old way.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "unseen";
      document.body.append(field);
      field.select();
      const copied = document.execCommand("copy");
      field.remove();
      return copied;
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".snippet-copy");
    if (!button) return;
    const program = button.closest(".snippet").querySelector(".snippet-program");
    const copied = await copy(program.textContent.replace(/\n*$/, "\n"));
    button.focus();
    if (!copied) getSelection().selectAllChildren(program);
    button.textContent = copied ? "Copied" : "Selected";
    status.textContent = copied ? "Copied" : "Selected; copy with the keyboard";
    setTimeout(() => {
      button.textContent = "Copy";
      status.textContent = "";
    }, 2000);
  });

  /* Only what scrolls sideways needs the keyboard's focus. */

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });

  function watch() {
    sizes.disconnect();
    for (const box of document.querySelectorAll(".snippet pre")) sizes.observe(box);
  }

  if (window.document$) window.document$.subscribe(watch);
  else watch();
})();
