// Leaving fast: press Shift three times, or use the red link. The link works without this file. And forms wait for a line.
(function () {
  var link = document.getElementById("leave");
  if (!link) return;
  var status = document.getElementById("leave-status");
  var root = document.documentElement;
  var presses = 0;
  var combined = false; // Shift was held to make another key or a click, so letting go of it is no press.
  var timer = null;

  function show() {
    if (presses) link.setAttribute("data-presses", presses);
    else link.removeAttribute("data-presses");
  }

  function reset(sentence) {
    clearTimeout(timer);
    timer = null;
    presses = 0;
    status.textContent = sentence || "";
    show();
  }

  function leave() {
    root.classList.add("leaving");
    location.replace(link.href);
  }

  function press() {
    presses += 1;
    clearTimeout(timer);
    show();
    if (presses === 3) return leave();
    status.textContent = link.getAttribute(presses === 1 ? "data-two-more" : "data-one-more");
    timer = setTimeout(function () { reset(link.getAttribute("data-expired")); }, 5000);
  }

  function other(event) {
    combined = event.shiftKey;
    if (presses) reset();
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") other(event);
  }, true);

  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") return other(event);
    // Alt, Ctrl or Meta with Shift changes the keyboard layout on many machines.
    if (!combined && !event.altKey && !event.ctrlKey && !event.metaKey) press();
    combined = false;
  }, true);

  document.addEventListener("pointerdown", function (event) { combined = event.shiftKey; }, true);

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest("[data-leave]")) return;
    event.preventDefault();
    leave();
  }, true);

  // Without any network a form ends on the browser's own page, and going back from there loses what was typed. The
  // second press goes through: what answers may stand on this very machine.
  var line = document.getElementById("no-line");
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || !line || navigator.onLine || !line.hidden) return;
    event.preventDefault();
    event.target.appendChild(line);
    line.hidden = false;
    line.textContent = line.dataset.say; // only now: a browser of text shows what is hidden
    line.focus();
  });
  window.addEventListener("online", function () { if (line) line.hidden = true; });

  // Coming back out of the browser's page cache must not show a blank page.
  window.addEventListener("pageshow", function () {
    root.classList.remove("leaving");
    reset();
  });
})();
