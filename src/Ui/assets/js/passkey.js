// <trellis-passkey mode="get|create"> in a form: asks the browser for a passkey when the form is sent, and sends its answer along.

const read = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0)).buffer;
const write = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const opened = {
  create: o => ({ ...o, challenge: read(o.challenge), user: { ...o.user, id: read(o.user.id) }, excludeCredentials: (o.excludeCredentials ?? []).map(c => ({ ...c, id: read(c.id) })) }),
  get: o => ({ ...o, challenge: read(o.challenge), allowCredentials: (o.allowCredentials ?? []).map(c => ({ ...c, id: read(c.id) })) }),
};

// What toJSON() of newer browsers gives.
function told({ id, rawId, type, response, authenticatorAttachment, getClientExtensionResults }, credential) {
  const answer = { clientDataJSON: write(response.clientDataJSON) };
  if (response.attestationObject) {
    answer.attestationObject = write(response.attestationObject);
    answer.transports = response.getTransports?.() ?? [];
  } else {
    answer.authenticatorData = write(response.authenticatorData);
    answer.signature = write(response.signature);
    if (response.userHandle) answer.userHandle = write(response.userHandle);
  }
  return { id, rawId: write(rawId), type, authenticatorAttachment, response: answer, clientExtensionResults: getClientExtensionResults.call(credential) };
}

customElements.define('trellis-passkey', class extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential || !navigator.credentials) return;
    this.querySelector('button').hidden = false;
    this.querySelector('[data-missing]').hidden = true;
    this.form = this.closest('form');
    this.onsend = event => this.send(event);
    this.form.addEventListener('submit', this.onsend, true);
  }
  disconnectedCallback() { this.form?.removeEventListener('submit', this.onsend, true); }

  async send(event) {
    const held = this.querySelector('[data-credential]');
    if (held.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const message = this.querySelector('[data-message]');
    message.hidden = true;
    const mode = this.getAttribute('mode');
    try {
      const credential = await navigator.credentials[mode]({ publicKey: opened[mode](JSON.parse(this.querySelector('[data-options]').value)) });
      held.value = JSON.stringify(told(credential, credential));
      this.form.requestSubmit();
    } catch (error) {
      // Cancelled, timed out, or no passkey here: all the same to the reader.
      message.textContent = this.dataset.failed;
      message.hidden = false;
    }
  }
});
