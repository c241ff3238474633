/** Times in words, which stay true while nothing else changes. */
import { agoOf, leftOf } from '../../domain/told.ts';
import { element } from './element.ts';

const told = { ago: agoOf, left: (instant: string, nowMs: number) => leftOf(instant, nowMs) };

/** Of the server's clock before the browser's. */
let aheadMs = 0;

export function setClock(now: string): void {
  aheadMs = Date.parse(now) - Date.now();
  tick();
}

export function timeOf(instant: string, how: keyof typeof told): HTMLElement {
  const shown = element('time', how);
  shown.dateTime = instant;
  shown.title = new Date(instant).toLocaleString();
  shown.dataset.how = how;
  tell(shown, Date.now() + aheadMs);
  return shown;
}

export function nowMs(): number {
  return Date.now() + aheadMs;
}

/** All times of the page, now; only those that read otherwise are written. */
export function tick(): void {
  for (const shown of document.querySelectorAll<HTMLTimeElement>('time[data-how]')) tell(shown, nowMs());
}

function tell(shown: HTMLTimeElement, nowMs: number): void {
  const text = told[shown.dataset.how as keyof typeof told](shown.dateTime, nowMs);
  if (shown.textContent !== text) shown.textContent = text;
  const isSoon = shown.dataset.how === 'left' && Date.parse(shown.dateTime) - nowMs < 120_000;
  shown.classList.toggle('soon', isSoon);
}
