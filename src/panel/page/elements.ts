/** Makes an element. Properties are set, never as markup; `aria-` and `data-` names are attributes. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Readonly<Record<string, string | number | boolean>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (/^(aria-|data-|role$|for$|scope$)/.test(key)) made.setAttribute(key, String(value));
    else Object.assign(made, { [key]: value });
  }
  made.append(...children);
  return made;
}

/** Sets the text of an element where it differs, so that nothing is laid out or read out for nothing. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** The element of the page's own markup with an id. */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found as T;
}

/** A table with a heading for each column; the first cell of a row is its heading. */
export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const heads = headings.map((heading) => element('th', { scope: 'col' }, heading));
  const body = rows.map(([name, ...values]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...values.map((value) => element('td', {}, value)),
    ),
  );
  const made = element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...body),
  );
  // A wide table scrolls by itself, also by keys.
  return element('div', { className: 'scrolled', tabIndex: 0, role: 'region', 'aria-label': caption }, made);
}
