// Fetches this page again when the server says that something in it has changed. Without it the pages are whole.
"use strict";
(() => {
  const address = document.body.dataset.live;
  const sign = document.getElementById("live");
  if (!address || !sign || !window.EventSource) return;
  let source = null;
  let fetching = false;
  let again = false;

  const show = (isOn) => {
    sign.hidden = false;
    sign.classList.toggle("is-on", isOn);
    const text = isOn ? document.body.dataset.liveOn : document.body.dataset.liveOff;
    if (sign.textContent !== text) sign.textContent = text;
  };

  // Text of each thing that has a key, to see which ones have changed.
  const things = () => new Map([...document.querySelectorAll("main [data-key]")].map((e) => [e.dataset.key, e.textContent]));

  const replace = (fresh) => {
    const main = document.getElementById("main");
    const before = things();
    const open = [...main.querySelectorAll("details")].map((d) => d.open);
    const focused = main.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    main.replaceChildren(...fresh.childNodes);
    main.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? false; });
    if (focused) [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus({ preventScroll: true });
    for (const e of main.querySelectorAll("[data-key]")) {
      if (before.get(e.dataset.key) !== e.textContent) e.classList.add("is-changed");
    }
  };

  const refresh = async () => {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("main");
        const driven = page.querySelector(".driven");
        const shown = document.querySelector(".driven");
        if (driven && shown) shown.replaceChildren(...driven.childNodes);
        if (fresh) replace(fresh);
      }
    } catch { show(false); }
    fetching = false;
    if (again) { again = false; refresh(); }
  };

  const listen = () => {
    source = new EventSource(address);
    source.onopen = () => show(true);
    source.onerror = () => {
      show(false);
      // A refused stream is not tried again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) listen(); }, 30000);
    };
    source.addEventListener("changed", refresh);
  };

  // A page that nobody looks at keeps no connection open.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); return; }
    source?.close();
    refresh();
    listen();
  });
  setInterval(() => { if (!document.hidden) refresh(); }, 60000);
  listen();
})();
