// <trellis-draft key person>: what was typed in the form inside survives a closed tab, a dead battery and an expired session.
// Passwords, files, hidden fields and anything marked data-no-draft are never stored.
const month = 30 * 24 * 3600 * 1000;

function fields(form) {
  return [...form.elements].filter(el => el.name && el.matches('input, textarea, select')
    && !['hidden', 'password', 'file', 'submit', 'button'].includes(el.type) && !el.closest('[data-no-draft]'));
}

function read(form) {
  const values = {};
  for (const el of fields(form)) {
    const list = values[el.name] ??= [];
    if (el.type === 'checkbox' || el.type === 'radio') { if (el.checked) list.push(el.value); }
    else if (el.multiple) list.push(...[...el.selectedOptions].map(o => o.value));
    else list.push(el.value);
  }
  return values;
}

function write(form, values) {
  const taken = {};
  for (const el of fields(form)) {
    const list = values[el.name];
    if (!list) continue;
    if (el.type === 'checkbox' || el.type === 'radio') el.checked = list.includes(el.value);
    else if (el.multiple) for (const o of el.options) o.selected = list.includes(o.value);
    else el.value = list[taken[el.name] = (taken[el.name] ?? -1) + 1] ?? el.value;
    el.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

customElements.define('trellis-draft', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    if (!this.form || this.started) return;
    this.started = true;
    this.slot_ = `draft:${this.getAttribute('person')}:${this.getAttribute('key')}`;
    this.base = JSON.stringify(read(this.form));
    this.offer();
    this.form.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), 300);
    });
    this.leave = () => this.save();
    addEventListener('pagehide', this.leave);
    this.form.addEventListener('turbo:submit-end', ({ detail }) => { if (detail.success) this.forget(); });
  }

  disconnectedCallback() {
    this.save();
    removeEventListener('pagehide', this.leave);
  }

  save() {
    clearTimeout(this.timer);
    if (this.done) return;
    const now = JSON.stringify(read(this.form));
    try {
      if (now === this.base) { if (!this.offered) localStorage.removeItem(this.slot_); }
      else localStorage.setItem(this.slot_, JSON.stringify({ at: Date.now(), base: this.base, values: now }));
    } catch { /* storage is full or forbidden: the form still works */ }
  }

  // The form has become another record's: a new one begins empty.
  rename(key) {
    try { localStorage.removeItem(this.slot_); } catch { /* as above */ }
    this.slot_ = `draft:${this.getAttribute('person')}:${key}`;
  }

  forget() {
    this.done = true;
    clearTimeout(this.timer);
    try { localStorage.removeItem(this.slot_); } catch { /* as above */ }
  }

  offer() {
    let held;
    try { held = JSON.parse(localStorage.getItem(this.slot_)); } catch { return; }
    if (!held || held.values === this.base) return;
    if (Date.now() - held.at > month) return localStorage.removeItem(this.slot_);
    // The server sent back what was typed, with messages: that is newer.
    if (this.form.querySelector('[aria-invalid=true]')) return;
    const same = held.base === this.base;
    if (same) write(this.form, JSON.parse(held.values));
    this.offered = !same;
    this.notice(new Date(held.at), same, held);
  }

  notice(at, restored, held) {
    const box = document.createElement('div');
    box.className = 't-alert t-tone-info t-draft';
    box.setAttribute('role', 'status');
    const when = at.toLocaleString(document.documentElement.lang || undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const text = document.createElement('p');
    text.textContent = this.dataset[restored ? 'restored' : 'found'].replace('{0}', when);
    box.append(text);
    const act = (label, does) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm';
      button.textContent = label;
      button.onclick = () => { does(); box.remove(); };
      box.append(button);
    };
    if (!restored) act(this.dataset.restore, () => { this.offered = false; write(this.form, JSON.parse(held.values)); });
    act(this.dataset.discard, () => {
      this.offered = false;
      write(this.form, JSON.parse(this.base));
      localStorage.removeItem(this.slot_);
    });
    this.form.prepend(box);
  }
});
