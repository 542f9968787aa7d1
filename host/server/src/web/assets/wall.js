// Turns the wall board's pages, fetches the one that is shown when something in it has changed, and counts down. Without it
// the page turns itself by a refresh.
"use strict";
(() => {
  const body = document.body;
  const off = document.getElementById("live");
  if (!body.dataset.live || !window.EventSource) return;
  let turn = 0;
  let shownAt = Date.now();
  let turnedAt = Date.now();

  const texts = () => new Map([...document.querySelectorAll("[data-key]")].map((e) => [e.dataset.key, e.textContent]));

  const show = async (address, isTurn) => {
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      // Another house would not be asked again and again; a board that was revoked says so.
      if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("main");
      const before = texts();
      const main = document.getElementById("main");
      main.replaceWith(fresh);
      off.hidden = true;
      if (isTurn) history.replaceState(null, "", address);
      else {
        fresh.classList.add("same");
        const line = fresh.querySelector(".line");
        if (line) line.style.animationDelay = `${turnedAt - Date.now()}ms`;
      }
      for (const e of fresh.querySelectorAll("[data-key]")) {
        const isCheer = e.dataset.key.startsWith("cheer-");
        if (isCheer ? !before.has(e.dataset.key) : !isTurn && before.get(e.dataset.key) !== e.textContent) e.classList.add("is-new");
      }
      if (answer.status === 404) { source.close(); clearTimeout(turn); return; }
      shownAt = Date.now();
    } catch {
      off.hidden = false;
    }
    if (isTurn) plan();
  };

  const plan = () => {
    const { next, seconds } = document.getElementById("main").dataset;
    clearTimeout(turn);
    turnedAt = Date.now();
    if (next) turn = setTimeout(() => show(next, true), Number(seconds) * 1000);
  };

  const tick = () => {
    const count = document.querySelector("[data-until]");
    if (!count) return;
    const left = Number(count.dataset.until) - Number(count.dataset.now) - (Date.now() - shownAt);
    const total = Math.max(0, Math.floor(left / 1000));
    const two = (n) => String(n).padStart(2, "0");
    // More than two days are said in words by the server.
    if (total < 172800) count.textContent = `${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  };

  const source = new EventSource(body.dataset.live);
  source.onerror = () => { off.hidden = false; };
  source.onopen = () => { off.hidden = true; };
  // A busy house changes every second; eyes at five metres don't follow that.
  let waits = false;
  source.addEventListener("changed", () => {
    if (waits) return;
    waits = true;
    setTimeout(() => { waits = false; show(location.href, false); }, 5000);
  });
  setInterval(tick, 1000);
  tick();
  plan();
})();
