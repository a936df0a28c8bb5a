/* Files in parts: progress, going on where the line broke, and a place to drop them. Without this file the form sends them whole. */
"use strict";
(function () {
  var form = document.querySelector("form[data-begin]");
  if (!form || !window.FormData || !window.URLSearchParams || !window.Promise) return;
  var input = form.querySelector("input[type=file]");
  var box = form.querySelector("[data-arriving]");
  var bar = box.querySelector("progress");
  var line = box.querySelector("[role=status]");
  var stop = document.createElement("button");
  var words = form.dataset;
  var SMALLEST = 64 * 1024, LARGEST = 4 * 1024 * 1024, QUIET = 60000;
  var size = 256 * 1024;
  var current = null; // the request under way, for stopping
  var stopped = false;
  var key = ""; // of the file under way, for stopping
  var queue = []; // the files of this round, also those that were chosen while others were under way
  var wakers = [];
  var next = ""; // where the button goes on to, when something was refused and something came
  var whole = form.querySelector("[data-whole]");
  stop.type = "button";
  stop.className = "button second";
  box.appendChild(stop);
  if (whole) whole.hidden = true; // it is about sending without this script

  // What is the same is not said again, so that a screen reader is not flooded.
  function say(text) { if (line.textContent !== text) line.textContent = text; }

  // A sentence with its values: a name is repeated as it is, whatever signs stand in it.
  function filledIn(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, function (mark, name) { return name in values ? values[name] : mark; });
  }

  function large(size) {
    var kilo = Math.max(1, Math.round(size / 1024));
    return kilo < 1024 ? filledIn(words.kilo, { number: kilo }) : filledIn(words.mega, { number: Math.round(size / 1024 / 102.4) / 10 });
  }

  // The fields of the form, as a form would send them; with names, only these.
  function filled(more, names) {
    var fields = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && (!names || names.indexOf(name) >= 0)) fields.append(name, value);
    });
    Object.keys(more).forEach(function (name) { fields.append(name, more[name]); });
    return fields.toString();
  }

  // Resolves with the answer, or with nothing where the line is gone; a request that stands still for a minute is ended.
  function post(address, fields, part, progress) {
    return new Promise(function (resolve) {
      var request = current = new XMLHttpRequest(), timer;
      function patience() { clearTimeout(timer); timer = setTimeout(function () { request.abort(); }, QUIET); }
      request.open("POST", address);
      request.upload.onprogress = function (event) { patience(); if (progress) progress(event.loaded); };
      request.upload.onload = function () { clearTimeout(timer); };
      request.onloadend = function () {
        clearTimeout(timer);
        current = null;
        var told = {};
        try { told = JSON.parse(request.responseText); } catch (error) { /* a page, not an answer of ours */ }
        resolve(request.status ? { status: request.status, told: told } : null);
      };
      patience();
      if (part) request.setRequestHeader("Harbour-Fields", fields);
      request.setRequestHeader("Content-Type", part ? "application/octet-stream" : "application/x-www-form-urlencoded");
      request.send(part || fields);
    });
  }

  function pause(seconds) {
    return new Promise(function (resolve) { wakers.push(resolve); setTimeout(resolve, seconds * 1000); });
  }

  // What has come of a file is of no use any more: nobody but this page can go on with it.
  function drop() {
    if (key && navigator.sendBeacon) navigator.sendBeacon(words.stop, new URLSearchParams(filled({ key: key }, ["check"])));
    key = "";
  }

  function wake() { wakers.splice(0).forEach(function (one) { one(); }); }

  // Sends again until the line is back: 1, 2, 4 ... 30 seconds, or as soon as the browser says so.
  function persist(address, fields, part, progress, tries) {
    return post(address, fields, part, progress).then(function (answer) {
      if (stopped || (answer && answer.status !== 502 && answer.status !== 503 && answer.status !== 504)) return answer;
      say(words.lost);
      return pause(Math.min(30, Math.pow(2, tries || 0))).then(function () {
        return stopped ? null : persist(address, fields, part, progress, (tries || 0) + 1);
      });
    });
  }

  function sendPart(file, key, at) {
    var end = Math.min(file.size, at + size), began = Date.now();
    function progress(loaded) {
      bar.value = Math.min(1, (at + Math.min(loaded, end - at)) / file.size);
      say(filledIn(words.sending, { name: file.name, percent: Math.floor(bar.value * 20) * 5 }));
    }
    return persist(words.part, filled({ key: key, at: at }, ["check"]), file.slice(at, end), progress).then(function (answer) {
      if (stopped) return null;
      var here = answer && answer.told.here;
      if (typeof here !== "number") return answer;
      var took = Date.now() - began;
      if (took < 2000) size = Math.min(LARGEST, size * 2);
      if (took > 20000) size = Math.max(SMALLEST, size / 2);
      return here < file.size ? sendPart(file, key, here) : answer;
    });
  }

  function sendFile(file) {
    bar.value = 0;
    say(filledIn(words.sending, { name: file.name, percent: 0 }));
    return persist(words.begin, filled({ name: file.name, size: file.size }, ["check", "draft"])).then(function (begun) {
      if (!begun || !begun.told.key) return begun;
      key = begun.told.key;
      if (stopped) return drop();
      return sendPart(file, begun.told.key, 0).then(function (answer) {
        if (stopped || !answer || typeof answer.told.here !== "number") return answer;
        say(filledIn(words.making, { name: file.name }));
        bar.removeAttribute("value");
        key = ""; // it is whole: who leaves now leaves it to be added
        return persist(words.end, filled({ key: begun.told.key }));
      });
    });
  }

  // Sends the files of the queue from this place on; `go` is the page that shows what was added so far.
  function sendRest(at, go, refused) {
    if (stopped || at >= queue.length) return Promise.resolve(go);
    return sendFile(queue[at]).then(function (answer) {
      if (answer && answer.told.over) { stopped = true; location.replace(answer.told.go); }
      if (answer && answer.told.go) return answer.told.go;
      if (!stopped) refused.push(queue[at].name + ": " + ((answer && answer.told.say) || words.failed));
      drop();
      return go;
    }).then(function (go) { return sendRest(at + 1, go, refused); });
  }

  function sendAll(files) {
    var refused = [], isUnderWay = queue.length > 0;
    queue = queue.concat(files.filter(function (file) { return queue.indexOf(file) < 0; })); // pressed twice is once
    if (isUnderWay) return;
    box.hidden = bar.hidden = stop.hidden = false;
    stopped = false;
    next = "";
    stop.textContent = box.dataset.stop;
    line.focus();
    sendRest(0, "", refused).then(function (go) {
      queue = [];
      if (!refused.length && go) return location.replace(go);
      box.hidden = !refused.length;
      bar.hidden = true;
      stop.hidden = !go;
      stop.textContent = box.dataset.on;
      next = go;
      say(refused.join("\n"));
      input.value = "";
    });
  }

  // How large it is stands there before anything is sent: a line can be slow, or cost by what goes over it.
  input.addEventListener("change", function () {
    var files = Array.prototype.slice.call(input.files);
    if (queue.length) return;
    next = "";
    box.hidden = !files.length;
    bar.hidden = stop.hidden = true;
    say(files.map(function (file) { return file.name + ": " + large(file.size); }).join("\n"));
  });
  form.addEventListener("submit", function (event) {
    if (!input.files.length) return;
    event.preventDefault();
    sendAll(Array.prototype.slice.call(input.files));
  });
  stop.addEventListener("click", function () {
    if (next) return location.replace(next);
    stopped = true;
    if (current) current.abort();
    drop();
    wake();
    box.hidden = true;
    input.focus();
  });
  window.addEventListener("online", wake);
  window.addEventListener("pagehide", drop);

  var zone = form.querySelector("[data-drop]");
  zone.textContent = zone.dataset.drop;
  zone.hidden = false;
  ["dragenter", "dragover"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
  });
  zone.addEventListener("dragleave", function () { zone.classList.remove("over"); });
  zone.addEventListener("drop", function (event) {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) sendAll(Array.prototype.slice.call(event.dataTransfer.files));
  });
})();
