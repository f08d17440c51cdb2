// <trellis-check src><input><small data-says>: asks the server about a value while it is typed. Without scripts it is checked when the form is sent.
customElements.define('trellis-check', class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input, textarea');
    const says = this.querySelector('[data-says]');
    if (!field || !says) return;
    this.oninput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(field, says), 250);
    };
  }
  disconnectedCallback() { clearTimeout(this.timer); this.request?.abort(); }
  async ask(field, says) {
    this.request?.abort();
    const request = this.request = new AbortController();
    try {
      const answer = await fetch(`${this.getAttribute('src')}&cell=${encodeURIComponent(field.value)}`, { signal: request.signal, headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { ok, message } = await answer.json();
      says.textContent = field.value.trim() || !ok ? message : '';
      this.toggleAttribute('data-wrong', !ok);
      field.toggleAttribute('aria-invalid', false);
      if (!ok) field.setAttribute('aria-invalid', 'true');
    } catch { /* another key was pressed, or the network is away: it is checked again when the form is sent */ }
  }
});
