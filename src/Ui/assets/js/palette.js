import * as Turbo from '@hotwired/turbo';

// The search palette: Ctrl/⌘ K over pages, actions and records. The box in the header is its words and its fallback: without scripts it is a plain form.

let open;

export function palette(form) {
  if (open?.isConnected) return;
  const say = form.dataset;
  const dialog = document.createElement('dialog');
  dialog.className = 't-dialog t-palette';
  dialog.setAttribute('aria-label', say.title);
  const box = Object.assign(document.createElement('input'), { type: 'search', className: 't-input', placeholder: say.title, autocomplete: 'off' });
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-label': say.title, 'aria-controls': 'palette-hits', 'aria-expanded': 'true', 'aria-autocomplete': 'list' })) box.setAttribute(name, value);
  const list = Object.assign(document.createElement('div'), { id: 'palette-hits', className: 't-palette-hits' });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', say.title);
  const note = Object.assign(document.createElement('p'), { className: 't-palette-note' });
  note.setAttribute('role', 'status');
  dialog.append(box, list, note);
  document.body.append(dialog);
  open = dialog;

  let hits = [], at = 0, asked = 0, timer, request;
  const mark = to => {
    at = hits.length ? (to + hits.length) % hits.length : 0;
    hits.forEach((hit, i) => hit.setAttribute('aria-selected', String(i === at)));
    if (hits[at]) box.setAttribute('aria-activedescendant', hits[at].id), hits[at].scrollIntoView({ block: 'nearest' });
    else box.removeAttribute('aria-activedescendant');
  };
  const show = (found, typed) => {
    list.replaceChildren();
    let kind, group;
    hits = found.map((hit, i) => {
      if (hit.kind !== kind) {
        kind = hit.kind;
        group = document.createElement('div');
        group.setAttribute('role', 'group');
        group.setAttribute('aria-label', kind);
        const title = Object.assign(document.createElement('div'), { className: 't-palette-kind', textContent: kind });
        title.setAttribute('aria-hidden', 'true');
        group.append(title);
        list.append(group);
      }
      const link = Object.assign(document.createElement('a'), { id: `palette-${i}`, href: hit.href, tabIndex: -1 });
      link.setAttribute('role', 'option');
      link.append(Object.assign(document.createElement('b'), { textContent: hit.title }), Object.assign(document.createElement('small'), { textContent: hit.detail }));
      link.onpointermove = () => { if (at !== i) mark(i); };
      group.append(link);
      return link;
    });
    note.textContent = hits.length ? say.keys : typed ? say.none : say.more;
    mark(0);
  };
  const ask = async () => {
    const mine = ++asked, typed = box.value.trim();
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${say.source}?q=${encodeURIComponent(typed)}`, { signal: request.signal, headers: { accept: 'application/json' } });
      if (mine === asked && answer.ok) show(await answer.json(), typed);
    } catch (error) {
      if (error.name !== 'AbortError') note.textContent = say.failed;
    }
  };
  const go = link => { dialog.close(); Turbo.visit(link.href); };

  box.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };
  dialog.onkeydown = event => {
    if (event.key === 'ArrowDown') event.preventDefault(), mark(at + 1);
    else if (event.key === 'ArrowUp') event.preventDefault(), mark(at - 1);
    else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) window.open(hits[at]?.href);
      else if (hits[at]) go(hits[at]);
      else if (box.value.trim()) dialog.close(), Turbo.visit(`${form.action}?q=${encodeURIComponent(box.value.trim())}`);
    }
  };
  dialog.onclick = event => {
    const link = event.target.closest?.('a');
    if (event.target === dialog) dialog.close();
    else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault(), go(link);
  };
  const back = document.activeElement;
  dialog.onclose = () => { clearTimeout(timer); request?.abort(); dialog.remove(); if (back?.isConnected) back.focus({ preventScroll: true }); };
  dialog.showModal();
  box.focus();
  ask();
}
