/** Elements of the page. What others wrote becomes text, and never markup. */

type Child = Node | string | undefined;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== ''));
  return made;
}

/** Undefined where there is no text: nothing is made for it. */
export function textIn<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text: string | null | undefined,
): HTMLElementTagNameMap[Name] | undefined {
  return text === null || text === undefined || text === '' ? undefined : element(name, className, text);
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

/** A name stays one thing, whichever way its letters run. */
export function nameOf(name: string, self: string): HTMLElement {
  const shown = element('bdi', 'name', name);
  return name === self ? element('span', 'own', shown, ' (you)') : shown;
}

export function namesOf(names: readonly string[], self: string): HTMLElement {
  const shown = names.slice(0, 4).flatMap((name, n) => [n === 0 ? '' : ', ', nameOf(name, self)]);
  return element('span', '', ...shown, names.length > 4 ? ` and ${names.length - 4} more` : '');
}
