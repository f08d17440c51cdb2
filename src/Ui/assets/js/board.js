import * as Turbo from '@hotwired/turbo';

// <trellis-board>: a card may be dragged to a column that its status allows; there the form of the move is opened. Without it each card has a list of
// its moves and a button.
customElements.define('trellis-board', class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener('dragstart', event => this.lift(event));
    this.addEventListener('dragend', () => this.drop());
    for (const column of this.querySelectorAll('[data-column]')) {
      column.addEventListener('dragover', event => { if (this.address(column)) event.preventDefault(); });
      column.addEventListener('drop', event => {
        const to = this.address(column);
        if (!to) return;
        event.preventDefault();
        this.drop();
        Turbo.visit(to);
      });
    }
    for (const card of this.querySelectorAll('[data-moves]')) if (card.dataset.moves) card.draggable = true;
  }

  lift(event) {
    const card = event.target.closest?.('[data-moves]');
    if (!card) return;
    this.card = card;
    card.dataset.lifted = '';
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.id);
    for (const column of this.querySelectorAll('[data-column]')) if (this.address(column)) column.dataset.open = '';
  }

  drop() {
    if (this.card) delete this.card.dataset.lifted;
    this.card = null;
    for (const column of this.querySelectorAll('[data-column]')) delete column.dataset.open;
  }

  // "won=win lost=lose": the trigger that leads to this column, if there is one.
  address(column) {
    const move = this.card?.dataset.moves.split(' ').find(m => m.split('=')[0] === column.dataset.column);
    return move ? `${this.card.dataset.act}?on=${move.split('=')[1]}` : null;
  }
});
