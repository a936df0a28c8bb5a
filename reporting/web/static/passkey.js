/* Passkeys for staff. Without this script the buttons stay hidden, and a code of an app does the same. */
"use strict";
(function () {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function listed(all) {
    return (all || []).map(function (one) { return { type: one.type, id: bytes(one.id), transports: one.transports }; });
  }
  function ask(kind, options) {
    options.challenge = bytes(options.challenge);
    if (kind === "get") {
      options.allowCredentials = listed(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = listed(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  function answer(made) {
    var response = {}, parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    parts.forEach(function (part) { if (made.response[part]) response[part] = text(made.response[part]); });
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: response, clientExtensionResults: {} });
  }

  document.querySelectorAll("button[data-passkey]").forEach(function (button) {
    var failed = button.parentNode.querySelector("[data-failed]");
    button.hidden = false;
    button.addEventListener("click", function () {
      failed.hidden = true;
      ask(button.dataset.passkey, JSON.parse(button.dataset.options)).then(function (made) {
        button.form.elements.credential.value = answer(made);
        button.form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
