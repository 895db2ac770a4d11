// What Streamlit leaves undone for a reader with a clicker, a keyboard, a thumb, a screen reader or a translator.
// It adds to the page and replaces nothing: where it does not run, everything still works as Streamlit made it.

const MAIN = '[data-testid=stMain]';
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function set(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// ---- Names and roles ---------------------------------------------------------------------------------------------

function nameLandmarks() {
  set(document.documentElement, 'lang', 'en-GB');
  for (const [row, name] of [['parts', 'Parts of the explorer'], ['pages', 'Pages of this part']]) {
    const menu = document.querySelector(`.st-key-menu_${row}`);
    set(menu, 'role', 'navigation');
    set(menu, 'aria-label', name);
    for (const link of menu ? all('a', menu) : []) {
      if (row === 'pages' && link.pathname === location.pathname) set(link, 'aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
  set(document.querySelector('[data-testid=stSidebar]'), 'aria-label', 'Panel: set the price');
}

// Levels follow the nesting of the headings that are there, so that none is skipped.
function levelHeadings() {
  const open = [];
  for (const heading of all('h1, h2, h3, h4, h5, h6', document.querySelector(MAIN) ?? document.body)) {
    const size = Number(heading.tagName[1]);
    while (open.length && open.at(-1) >= size) open.pop();
    open.push(size);
    if (open.length === size) heading.removeAttribute('aria-level');
    else set(heading, 'aria-level', String(open.length));
  }
}

function nameTheRest() {
  // A caution is said when a reader comes to it, or politely when it appears; an alert would break in.
  for (const words of all('[data-testid=stAlertContentWarning]')) set(words.closest('[role]'), 'role', 'status');
  for (const box of all('[data-testid=stNumberInput]')) {
    const name = box.querySelector('input')?.getAttribute('aria-label');
    if (!name) continue;
    set(box.querySelector('[data-testid=stNumberInputStepUp]'), 'aria-label', `More: ${name}`);
    set(box.querySelector('[data-testid=stNumberInputStepDown]'), 'aria-label', `Less: ${name}`);
  }
  for (const label of all('[data-testid=stMarkdown]')) {
    const hint = label.querySelector('button[aria-label=Help]');
    if (hint) set(hint, 'aria-label', `Help for ${label.textContent.trim()}`);
  }
}

// The arrows beside tabs that are cut off are for pointers, and stand after all that the tabs show: the keyboard goes from
// tab to tab without them.
function passOverArrows() {
  for (const arrow of all('button[aria-label^="Scroll tabs"]')) set(arrow, 'tabindex', '-1');
}

// A table wider than its place scrolls sideways: the keyboard has to come to it (WCAG 2.1.1).
function reachTables() {
  for (const place of all('[data-testid=stTable] > div')) {
    if (place.scrollWidth > place.clientWidth + 1) {
      set(place, 'tabindex', '0');
      set(place, 'role', 'group');
      set(place, 'aria-label', 'Table, scrolls sideways');
    } else if (place.hasAttribute('tabindex')) {
      for (const name of ['tabindex', 'role', 'aria-label']) place.removeAttribute(name);
    }
  }
}

// A choice wider than its box would be cut: page.css then writes it over as many lines as it takes, in the place of the
// box's own words, which one line holds. While somebody types, the box shows what is typed.
function showChoices() {
  const free = all('[data-testid=stSelectbox] [role=group] > input').filter(input =>
    input !== document.activeElement || input.parentElement.dataset.chosen);
  // All are measured before any is changed: a change would have the page laid out anew for the next.
  const cut = free.map(input => [input, input.clientWidth, input.scrollWidth]);
  for (const [input, width, needed] of cut) {
    if (width < 60) continue;
    if (needed > width + 1) set(input.parentElement, 'data-chosen', input.value);
    else input.parentElement.removeAttribute('data-chosen');
  }
}

function typed(event) {
  event.target.closest?.('[data-chosen]')?.removeAttribute('data-chosen');
}

// A minus is never parted from its amount at the end of a line, where a loss would read as a gain. What is downloaded
// or printed by a command has no such mark in it.
function holdMinus() {
  const main = document.querySelector(MAIN);
  if (!main) return;
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode;
    if (!node.data.includes('−') || node.parentElement.closest('svg, pre')) continue;
    const held = node.data.replace(/−(?=[£\d])/g, '−\u2060');
    if (held !== node.data) node.data = held;
  }
}

// A file that is refused (pages/kit/cost/quotas.py): Streamlit says the number of the answer, and this what it means.
let refusals = {};
function explainRefusals() {
  for (const place of all('[data-testid=stFileUploader]')) {
    const words = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const meant = refusals[/status code (\d+)/.exec(words.currentNode.data)?.[1]];
      if (meant) words.currentNode.data = meant;
    }
  }
}

// ---- What has changed is said once, politely ---------------------------------------------------------------------

let page = '';
let known = new Map();

function announcer() {
  let place = document.getElementById('explorer-announcer');
  if (!place) {
    place = document.createElement('div');
    place.id = 'explorer-announcer';
    place.setAttribute('role', 'status');
    place.setAttribute('aria-live', 'polite');
    document.body.append(place);
  }
  return place;
}

function say(words) {
  const place = announcer();
  place.textContent = '';
  setTimeout(() => { place.textContent = words; }, 50);
}

// Headings by their words; figures by their label, and by which of that label they are.
function results() {
  const text = element => (element?.innerText ?? '').replace(/\s+/g, ' ').trim();
  const found = new Map();
  for (const heading of all(`${MAIN} :is(h2, h3, h4)`)) if (heading.offsetParent) found.set(text(heading), '');
  for (const metric of all(`${MAIN} [data-testid=stMetric]`)) {
    const [label, value] = ['Label', 'Value'].map(part => text(metric.querySelector(`[data-testid=stMetric${part}]`)));
    let place = `${label}: `;
    while (found.has(place)) place += ' ';
    found.set(place, value);
  }
  return found;
}

// The first sentence that is new, which is the verdict where a page has one; else the first figure that is another: one whose label was not there before has only been drawn late. A page is at rest when its script is, and nothing of the run before is left.
function sayWhatChanged() {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app) loadAnew();
  if (app?.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-stale=true]')) {
    later(sayWhatChanged);
    return;
  }
  bringBack();
  const here = location.pathname + document.querySelector(`${MAIN} h1`)?.innerText;
  const now = results();
  const moved = here === page && known.size > 0;
  const fresh = [...now].find(([what, value]) => value ? known.get(what) && known.get(what) !== value : what && !known.has(what));
  [page, known] = [here, now];
  if (moved && fresh) say(fresh.join('').trim());
}

let timer = 0;
function later(work) {
  clearTimeout(timer);
  timer = setTimeout(work, 600);
}

// ---- A page that was taken away comes back ------------------------------------------------------------------------

// A part of a page may ask for something in the moment in which a link leads elsewhere: asked after the link, in the name
// of the page before. Streamlit then takes all away that is the new page's own, and leaves what every page has. Every
// page has a title; one without it is asked for again, once: as if by the browser's history, so that nothing is loaded.
let broughtBack = '';

function bringBack() {
  const main = document.querySelector(MAIN);
  if (!main?.querySelector('.st-key-foot')) return;
  if (main.querySelector('h1')) broughtBack = '';
  else if (broughtBack !== location.href) {
    broughtBack = location.href;
    dispatchEvent(new PopStateEvent('popstate'));
  }
}

// Where drawing fails Streamlit takes the whole page away, and leaves the browser white. The address is loaded again; not
// twice in a short time, which would go on for ever where it fails again.
const AGAIN = 20000; // milliseconds
const LOADED = 'explorer-loaded-anew';

function loadAnew() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(LOADED)) < AGAIN) return;
    sessionStorage.setItem(LOADED, String(Date.now()));
    location.reload();
  } catch {
    // A browser that keeps nothing would load it again and again.
  }
}

// ---- A translator takes words out of the page; what changes afterwards is put back --------------------------------

const places = new WeakMap();
const detached = new MutationObserver(records => {
  for (const { target } of records) {
    const [parent, children] = places.get(target) ?? [];
    if (target.isConnected || !parent?.isConnected) continue;
    parent.replaceChildren(...children);
  }
});

// Words that were taken before this script began are out of its reach: the page is opened again, once.
function startAgainIfTranslated() {
  const begun = 'explorer-began-again';
  try {
    if (!document.querySelector(`${MAIN} font`)) sessionStorage.removeItem(begun);
    else if (!sessionStorage.getItem(begun)) {
      sessionStorage.setItem(begun, 'yes');
      location.reload();
    }
  } catch {
    // A browser that keeps nothing would open it again and again.
  }
}

function followTranslated(records) {
  for (const { target, removedNodes } of records) {
    const taken = [...removedNodes].filter(node => node.nodeType === Node.TEXT_NODE && !node.isConnected);
    if (!taken.length || !target.querySelector?.('font')) continue;
    const first = places.get(taken[0]);
    const children = first ? first[1] : [...target.childNodes].filter(node => node.tagName !== 'FONT').concat(taken);
    for (const node of taken) {
      places.set(node, [target, children]);
      detached.observe(node, { characterData: true });
    }
  }
}

// ---- A clicker's keys always turn the page -----------------------------------------------------------------------

const TURNS = { PageUp: '.st-key-turn_back button', PageDown: '.st-key-turn_on button' };

function turn(event) {
  const button = all(TURNS[event.key] ?? 'none').find(found => found.offsetParent);
  if (!button || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat && !button.disabled) button.click();
}

// The button that opens the panel is gone once it is open, and the one that shuts it once it is shut: a keyboard that
// pressed it goes on from the other one.
const DOORS = ['[data-testid=stExpandSidebarButton]', '[data-testid=stSidebarCollapseButton] button'];

function goOnFromPanel(event) {
  const pressed = DOORS.findIndex(door => event.target.closest?.(door));
  if (pressed < 0 || event.detail) return;
  setTimeout(() => document.querySelector(DOORS[1 - pressed])?.focus(), 350);
}

// A page that is turned is read from its top, as on paper.
function toTheTop(event) {
  if (event.target.closest?.('[class*=st-key-turn_]')) document.querySelector(MAIN)?.scrollTo(0, 0);
}

// ---- A thumb that wants to scroll does not move the slider it began on -------------------------------------------

const ENOUGH = 8;
let touch = null;

// The slider takes touches as well as pointers; the latter, held back until it is known where they go, are enough.
function holdTouch(event) {
  if (event.target.closest?.('[data-testid=stSlider]')) event.stopImmediatePropagation();
}

function pass(type, from, at) {
  const { pointerId, pointerType, isPrimary } = from;
  touch.target.dispatchEvent(new PointerEvent(type, {
    pointerId, pointerType, isPrimary, bubbles: true, cancelable: true, composed: true, button: 0,
    buttons: type === 'pointerup' ? 0 : 1, clientX: at.clientX, clientY: at.clientY, pageX: at.pageX, pageY: at.pageY,
    width: 1, height: 1, pressure: 0.5,
  }));
}

function onTouch(event) {
  if (!event.isTrusted || event.pointerType !== 'touch') return;
  if (event.type === 'pointerdown') {
    const slider = event.target.closest?.('[data-testid=stSlider]');
    touch = slider && { target: event.target, down: event, slides: false };
    if (touch) event.stopImmediatePropagation();
    return;
  }
  if (!touch || event.pointerId !== touch.down.pointerId) return;
  if (event.type === 'pointermove' && !touch.slides) {
    event.stopImmediatePropagation();
    if (Math.abs(event.clientX - touch.down.clientX) < ENOUGH) return;
    touch.slides = true;
    pass('pointerdown', touch.down, touch.down);
  }
  if (event.type === 'pointerup' && !touch.slides) {
    pass('pointerdown', touch.down, touch.down);
    pass('pointerup', touch.down, event);
  }
  if (event.type !== 'pointermove') touch = null;
}

// ---- "30" and "30%" are understood where shares run from 0 to 1 ---------------------------------------------------

let shares = new Set();
const isShare = input => input?.type === 'number' && shares.has(input.getAttribute('aria-label'));

function write(input, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function understandShare(event) {
  const input = event.target;
  if (!isShare(input) || (event.type === 'keydown' && event.key !== 'Enter')) return;
  const [typed, most] = [Number(input.value), Number(input.max)];
  if (typed > most && typed <= 100 * most) write(input, String(Number((typed / 100).toPrecision(12))));
}

// A box for numbers takes no percent sign: it is left out, and a number that came with one is a percentage.
function takePercent(event) {
  const pasted = event.data ?? event.dataTransfer?.getData('text') ?? '';
  if (!isShare(event.target) || !pasted.includes('%')) return;
  event.preventDefault();
  const number = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(pasted);
  const text = number ? number[1] : event.target.value;
  if (text) write(event.target, String(Number((Number(text) / 100).toPrecision(12))));
}

// ---- On a narrow screen a panel that covers the page does not come back by itself ---------------------------------

function forgetPanel() {
  if (innerWidth >= 768) return;
  try {
    for (const key of Object.keys(localStorage).filter(name => name.startsWith('stSidebarCollapsed'))) {
      localStorage.removeItem(key);
    }
  } catch { /* a browser that keeps nothing has nothing to forget */ }
}

// ---- On paper ----------------------------------------------------------------------------------------------------

// A chart is drawn as wide as the screen had room for, and does not hear of the sheet: 186 mm between the margins.
const SHEET = 690;
function fitSheet() {
  for (const chart of all('[data-testid=stPlotlyChart]')) {
    const drawn = chart.querySelector('.svg-container')?.offsetWidth ?? 0;
    if (drawn > SHEET) chart.style.zoom = SHEET / drawn;
  }
}
function fitScreen() {
  for (const chart of all('[data-testid=stPlotlyChart]')) chart.style.zoom = '';
}

// ---- A lost connection -------------------------------------------------------------------------------------------

// Streamlit makes every control pale while it has no connection, and says nothing.
const AWAY = 2000; // milliseconds: a short gap is closed before a reader sees it
let away = 0;
function watchConnection() {
  const app = document.querySelector('[data-testid=stApp]');
  const lost = app && app.getAttribute('data-test-connection-state') !== 'CONNECTED';
  if (!lost) {
    clearTimeout(away);
    away = 0;
    document.querySelector('.no-connection')?.remove();
  } else if (!away) {
    away = setTimeout(() => {
      const said = document.body.appendChild(document.createElement('div'));
      said.className = 'no-connection';
      set(said, 'role', 'status');
      said.textContent = 'No connection. This page tries again by itself; until then nothing can be set or sent.';
    }, AWAY);
  }
}

// ---- Links of too many parts -------------------------------------------------------------------------------------

// Of more parts than these Streamlit gives none on, in silence. There are not so many names: the first of them are
// opened instead, and the page names what it cannot use.
const MOST_PARTS = 1000;

function shortenLink() {
  const parts = location.search.slice(1).split('&');
  if (parts.length > MOST_PARTS) {
    location.replace(`${location.pathname}?${parts.filter(Boolean).slice(0, MOST_PARTS).join('&')}`);
  }
}

// ---- Beginning ---------------------------------------------------------------------------------------------------

// Once before what has changed is drawn, not after each of the changes: amending measures, which lays the page out. A page
// that nobody looks at is never drawn.
const soon = work => (document.hidden ? queueMicrotask : requestAnimationFrame)(work);

let asked = false;
function amend() {
  asked = false;
  nameLandmarks();
  levelHeadings();
  nameTheRest();
  passOverArrows();
  reachTables();
  showChoices();
  holdMinus();
  explainRefusals();
}

function begin() {
  shortenLink();
  announcer();
  window.addEventListener('keydown', turn, true);
  window.addEventListener('click', toTheTop, true);
  window.addEventListener('click', goOnFromPanel, true);
  window.addEventListener('keydown', understandShare, true);
  window.addEventListener('focusout', understandShare, true);
  window.addEventListener('beforeinput', takePercent, true);
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
    window.addEventListener(type, onTouch, true);
  }
  window.addEventListener('input', typed, true);
  window.addEventListener('focusout', () => setTimeout(showChoices), true);
  window.addEventListener('resize', showChoices);
  window.addEventListener('pagehide', forgetPanel);
  window.addEventListener('beforeprint', fitSheet);
  window.addEventListener('afterprint', fitScreen);
  window.addEventListener('touchstart', holdTouch, { capture: true, passive: true });
  new MutationObserver(records => {
    followTranslated(records);
    if (!asked) {
      asked = true;
      soon(amend);
    }
    if (!records.every(({ target }) => target.id === 'explorer-announcer')) later(sayWhatChanged);
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  new MutationObserver(watchConnection).observe(document.documentElement, {
    subtree: true, attributes: true, attributeFilter: ['data-test-connection-state'],
  });
  amend();
  startAgainIfTranslated();
  later(sayWhatChanged);
}

begin();

export default function ({ data }) {
  shares = new Set(data.shares);
  refusals = data.refusals;
}
