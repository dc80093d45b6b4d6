// Passkeys: the server's options in, the browser's credential out, as JSON in the form.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function readable(options, form) {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  for (const known of [...(key.excludeCredentials ?? []), ...(key.allowCredentials ?? [])]) known.id = bytes(known.id);
  if (key.user) {
    key.user.id = bytes(key.user.id);
    if (form.elements.email) {
      key.user.name = form.elements.email.value;
      key.user.displayName = form.elements.name.value;
    }
    // It is to sign in by itself, without a password before it.
    Object.assign(key.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  }
  return options;
}

function written(made) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, response,
    authenticatorAttachment: made.authenticatorAttachment, clientExtensionResults: made.getClientExtensionResults(),
  };
}

async function given(form) {
  if (!form.dataset.passkeyFrom) return JSON.parse(document.getElementById("passkey").textContent);
  const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.querySelector("[data-passkey-way]").hidden = false;
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.querySelector("[data-passkey-button]").addEventListener("click", async () => {
    trouble.hidden = true;
    if (!form.reportValidity()) return;
    try {
      const options = readable(await given(form), form);
      const made = await navigator.credentials[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(written(made));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
