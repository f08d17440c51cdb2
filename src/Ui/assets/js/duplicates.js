// <trellis-duplicates action data-own> in the form of a registration, an account or a partner: while the company is typed, says whether it is there already. Of others'
// registrations the answer is the least possible. The form asks again when it is sent; without scripts only that remains.
const names = {
  CustomerName: 'name', CustomerDomain: 'domain', Country: 'country', CustomerCity: 'city', CustomerTaxNumber: 'tax', Product: 'product',
  Name: 'name', Domain: 'domain', Website: 'domain', City: 'city', TaxNumber: 'tax',
};

customElements.define('trellis-duplicates', class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest('form');
    if (!this.form) return;
    this.typed = event => {
      if (!(event.target.name?.split('.').pop() in names)) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 700);
    };
    this.form.addEventListener('input', this.typed);
    this.form.addEventListener('change', this.typed);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.form?.removeEventListener('input', this.typed);
    this.form?.removeEventListener('change', this.typed);
    this.request?.abort();
  }

  async ask() {
    const query = new URLSearchParams();
    for (const [field, name] of Object.entries(names)) {
      const value = this.form.elements[`Input.${field}`]?.value.trim();
      if (value) query.set(name, value);
    }
    const draft = new URL(location.href).searchParams.get('draft');
    if (draft) query.set('draft', draft);
    if ((query.get('name') ?? '').length < 3) return this.show(null);
    if (this.asked === `${query}`) return;
    this.asked = `${query}`;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.getAttribute('action')}?${query}`, { headers: { accept: 'application/json' }, signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      // The form itself asks again; a warning that could not be fetched is no fault of the reader's.
      if (error.name !== 'AbortError') this.show(null);
    }
  }

  show(found) {
    this.replaceChildren();
    if (!found || (!found.own.length && !found.words)) return;
    const box = document.createElement('div');
    box.className = 't-alert t-tone-warning';
    const body = document.createElement('div');
    if (found.words) body.append(Object.assign(document.createElement('p'), { textContent: found.words }));
    if (found.own.length) {
      body.append(Object.assign(document.createElement('p'), { textContent: this.dataset.own }));
      const list = document.createElement('ul');
      for (const own of found.own) {
        const row = document.createElement('li');
        row.append(Object.assign(document.createElement('a'), { href: own.href, textContent: own.title }), `, ${own.state.toLowerCase()}`);
        list.append(row);
      }
      body.append(list);
    }
    box.append(body);
    this.append(box);
  }
});
