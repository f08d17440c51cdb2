// <trellis-autosave action draft>: keeps the form inside as a draft on the server while somebody types, so that it can be finished on another device.
// The button to save, and the browser's own copy (<trellis-draft>), work without it.
const pause = 1500;

customElements.define('trellis-autosave', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    if (!this.form || this.started) return;
    this.started = true;
    this.note = document.createElement('p');
    this.note.className = 't-muted';
    this.note.setAttribute('role', 'status');
    this.form.append(this.note);
    this.form.addEventListener('input', event => { if (event.isTrusted) this.later(); });
    // The form is sent as it stands: nothing may change the draft's version under it, so a save under way is awaited.
    this.form.addEventListener('submit', event => {
      this.stop();
      if (!this.saving) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.waiting = event.submitter;
    });
    this.form.addEventListener('turbo:submit-end', ({ detail }) => { if (!detail.success) this.stopped = false; });
  }

  disconnectedCallback() { clearTimeout(this.timer); }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async save() {
    if (this.stopped || this.saving || !this.form.elements['Input.CustomerName']?.value.trim()) return;
    this.saving = true;
    const draft = this.getAttribute('draft');
    try {
      const answer = await fetch(this.getAttribute('action') + (draft ? `/${draft}` : ''), { method: 'PATCH', body: new FormData(this.form), headers: { Accept: 'application/json' } });
      const kept = await answer.json().catch(() => null);
      if (answer.ok && kept) this.kept(kept);
      else this.note.textContent = this.dataset.failed.replace('{0}', kept?.title ?? answer.status);
    } catch {
      this.note.textContent = this.dataset.offline;
    } finally {
      this.saving = false;
      if (this.waiting) this.form.requestSubmit(this.waiting);
      this.waiting = null;
    }
  }

  kept({ draft, version }) {
    const field = this.form.elements['Input.Version'];
    if (field) field.value = version;
    if (this.getAttribute('draft') !== draft) {
      this.setAttribute('draft', draft);
      // From here on the page is the draft's own: reloaded, bookmarked or sent, it goes on with it.
      const here = new URL(location.href);
      here.searchParams.set('draft', draft);
      history.replaceState(history.state, '', here);
      this.form.closest('trellis-draft')?.rename(`deal-${draft}`);
    }
    this.note.textContent = this.dataset.saved.replace('{0}', new Date().toLocaleTimeString(document.documentElement.lang || undefined, { timeStyle: 'short' }));
  }
});
