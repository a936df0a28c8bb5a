/* Files in parts: progress, going on where the line broke, and a place to drop them. Without this file the form sends them whole. */
"use strict";
(function () {
  var form = document.querySelector("form[data-begin]");
  if (!form || !window.FormData || !window.Blob || !Blob.prototype.slice) return;
  var input = form.querySelector("input[type=file]");
  var box = form.querySelector("[data-arriving]");
  var bar = box.querySelector("progress");
  var line = box.querySelector("[role=status]");
  var stop = box.querySelector("button");
  var words = form.dataset;
  var SMALLEST = 64 * 1024, LARGEST = 4 * 1024 * 1024, QUIET = 60000;
  var size = 256 * 1024;
  var current = null; // the request under way, for stopping
  var stopped = false;
  var wakers = [];

  function say(text) { line.textContent = text; }

  function filled(names) {
    var data = new FormData();
    var fields = new FormData(form);
    fields.forEach(function (value, name) { if (typeof value === "string" && (!names || names.indexOf(name) >= 0)) data.append(name, value); });
    return data;
  }

  // Resolves with the answer, or with nothing where the line is gone; a request that stands still for a minute is ended.
  function post(address, data, progress) {
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
      request.send(data);
    });
  }

  function pause(seconds) {
    return new Promise(function (resolve) { wakers.push(resolve); setTimeout(resolve, seconds * 1000); });
  }

  function wake() { wakers.splice(0).forEach(function (one) { one(); }); }

  // Sends again until the line is back: 1, 2, 4 ... 30 seconds, or as soon as the browser says so.
  function persist(address, makeData, progress, tries) {
    return post(address, makeData(), progress).then(function (answer) {
      if (stopped || (answer && answer.status !== 502 && answer.status !== 503 && answer.status !== 504)) return answer;
      say(words.lost);
      return pause(Math.min(30, Math.pow(2, tries || 0))).then(function () {
        return stopped ? null : persist(address, makeData, progress, (tries || 0) + 1);
      });
    });
  }

  function sendPart(file, key, at) {
    var end = Math.min(file.size, at + size), began = Date.now();
    function data() {
      var part = filled(["check"]);
      part.append("key", key);
      part.append("at", String(at));
      part.append("part", file.slice(at, end), "part");
      return part;
    }
    function progress(loaded) {
      bar.value = Math.min(1, (at + Math.min(loaded, end - at)) / file.size);
      say(words.sending.replace("{name}", file.name).replace("{percent}", Math.floor(bar.value * 100)));
    }
    return persist(form.dataset.part, data, progress).then(function (answer) {
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
    say(words.sending.replace("{name}", file.name).replace("{percent}", "0"));
    function begin() {
      var data = filled(["check", "draft"]);
      data.append("name", file.name);
      data.append("size", String(file.size));
      return data;
    }
    return persist(form.dataset.begin, begin).then(function (begun) {
      if (stopped || !begun || !begun.told.key) return begun;
      return sendPart(file, begun.told.key, 0).then(function (answer) {
        if (stopped || !answer || typeof answer.told.here !== "number") return answer;
        say(words.cleaning.replace("{name}", file.name));
        bar.removeAttribute("value");
        return persist(form.dataset.end, function () {
          var data = filled();
          data.append("key", begun.told.key);
          return data;
        });
      });
    });
  }

  function sendAll(files) {
    var refused = [];
    box.hidden = false;
    stopped = false;
    line.focus();
    return files.reduce(function (before, file) {
      return before.then(function (go) {
        if (stopped) return go;
        return sendFile(file).then(function (answer) {
          if (answer && answer.told.go) return answer.told.go;
          if (!stopped) refused.push(file.name + ": " + ((answer && answer.told.say) || words.failed));
          return go;
        });
      });
    }, Promise.resolve("")).then(function (go) {
      if (!refused.length && go) return location.replace(go);
      box.hidden = !refused.length;
      say(refused.join("\n"));
      input.value = "";
      if (go) setTimeout(function () { location.replace(go); }, 8000);
    });
  }

  form.addEventListener("submit", function (event) {
    if (!input.files.length) return;
    event.preventDefault();
    sendAll(Array.prototype.slice.call(input.files));
  });
  stop.addEventListener("click", function () {
    stopped = true;
    if (current) current.abort();
    wake();
    box.hidden = true;
  });
  window.addEventListener("online", wake);

  var zone = form.querySelector("[data-drop]");
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
