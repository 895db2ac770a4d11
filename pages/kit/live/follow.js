// While a slider of the price is dragged, or moved by a key that is held, the texts and the map of the region show what
// the price rewards at the position where the slider stands. Every figure is one that the server worked out; nothing is
// worked out here. What stands at a position is asked for when a pointer, a finger or the keyboard's focus comes to the
// slider, nearest positions first.
//
// Streamlit tells its slider's input every position while it is dragged, and the script only when it is let go.

const REGION = '.st-key-live';
const MOST_KEPT = 12;
const SETTLED = 150; // milliseconds
const UNHEARD = 1500; // milliseconds: longer than a busy server takes to say that it draws the page
const kept = new Map(); // key of a slider -> Map of position -> [texts, cells]
let state = null; // what the server said last
let request = () => {}; // how to ask it
// The slider that a hand is at: {name, input, observer, held: pressed, moved or in focus, moved: the drawing since which}.
let touched = null;
let places = null; // where the texts and the cells of the region stand
let painted = null; // what stands there now
const stood = []; // what was said or painted last, the newest first
let waiting = ''; // what was asked for and has not come
let frame = 0;
let asking = 0;
let pressed = false;
let keyed = false; // a key goes down in the slider
let unheard = 0; // until when what a reader did elsewhere may be on its way to the server
let left = 0; // the drawing of the page that a link or the browser's history led away from

// Whether the page is one that follows. What the server said last does not tell: a page is left after the next has come.
const follows = () => state && document.querySelector('.st-key-follow');
// Whether the server has drawn the page for all that the reader did.
const app = () => document.querySelector('[data-testid=stApp]');
const drawn = () => app()?.dataset.testScriptState === 'notRunning' && performance.now() > unheard;
const plain = text => text.replace(/\u2060/g, '').trim();

function remember(preview) {
  if (stood.includes(preview)) stood.splice(stood.indexOf(preview), 1);
  stood.unshift(preview);
  stood.length = Math.min(stood.length, MOST_KEPT);
}

// The nodes of the texts, which stand in the region in this order, each as one of the previews has it; null if one of
// them does not stand there.
function find(previews) {
  const region = document.querySelector(REGION);
  if (!region) return null;
  const count = state.now[0].length;
  const said = previews.map(([texts]) => texts).filter(texts => texts.length === count);
  const nodes = [];
  const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
  while (nodes.length < count && walker.nextNode()) {
    const here = plain(walker.currentNode.data);
    if (said.some(texts => plain(texts[nodes.length]) === here)) nodes.push(walker.currentNode);
  }
  return nodes.length === count ? { nodes, cells: [...region.querySelectorAll('.group-map td')] } : null;
}

// The page draws anew only what it knows to have changed: of what was painted it may leave one text and replace another,
// so that neither what was painted nor what it says now stands there as a whole.
function located() {
  const there = places && [...places.nodes, ...places.cells].every(node => node.isConnected);
  if (!there) places = (painted && find([painted])) ?? find([state.now]) ?? find(stood);
  return places;
}

function paint(preview) {
  const [texts, cells] = preview;
  remember(preview);
  const at = located();
  if (!at || (cells.length && at.cells.length !== cells.length)) return;
  at.nodes.forEach((node, number) => { if (plain(node.data) !== plain(texts[number])) node.data = texts[number]; });
  cells.forEach(([text, tint], number) => {
    const cell = at.cells[number];
    if (cell.textContent !== text) cell.textContent = text;
    cell.style.background = tint;
  });
  painted = preview;
  document.documentElement.classList.toggle('live-moved', preview !== state.now);
}

function portionOf(slider) {
  return `portion ${Math.floor(position(slider) / slider.atOnce)}`;
}

function position(slider) {
  return Math.round((Number(touched.input.value) - slider.low) / slider.step);
}

// Whether the slider stands where the page was drawn for. Of a value between two steps it shows the nearer one's place, and
// takes that step's value once a hand moves it: back at that place it is another price than the one that was drawn.
function stands(slider) {
  return slider.between ? touched.moved !== state.drawn : position(slider) === slider.at;
}

// A position that is asked for leaves the picture, which steps back if it does not come at once. One that is not to be had
// is shown as the page stands: as without this script.
function follow() {
  frame = 0;
  const slider = touched && follows() && state.sliders[touched.name];
  const known = slider && kept.get(slider.key);
  const asDrawn = !slider || stands(slider);
  const awaited = !asDrawn && !known?.has(portionOf(slider));
  document.documentElement.classList.toggle('live-awaited', awaited);
  if (!slider && follows() && painted && painted !== state.now) paint(state.now); // nobody is at a slider any more
  if (!slider) return;
  if (!awaited) paint((!asDrawn && known.get(position(slider))) || state.now);
  if (pressed || document.activeElement === touched.input) ask();
}

// At once while a slider is held, which sets nothing; else if the pointer or the focus rests on it. A key sets the slider
// with every press, and a question beside that could swallow a step, or a step of the browser's history: a press asks
// nothing.
function askSoon() {
  clearTimeout(asking);
  if (pressed) ask();
  else asking = setTimeout(ask, SETTLED);
}

function soon() {
  if (!frame) frame = requestAnimationFrame(follow);
}

// The nearest portion that is not here, unless one is on its way; once the first has come, several in one question. A
// slider that is not held and stands elsewhere than the page was drawn for is about to be set: what is asked for in the
// same moment would travel in one message with it. The page's next run asks again. With a question go the page and the settings as they stand in the browser: one that comes
// after a step elsewhere, to another page or an undo, and does not know of it, would take it back.
function ask() {
  const slider = touched && follows() && state.sliders[touched.name];
  if (!slider || waiting || !drawn() || state.drawn === left || (!pressed && !stands(slider))) return;
  const here = Math.floor(position(slider) / slider.atOnce);
  const portions = [...Array(Math.ceil(slider.count / slider.atOnce)).keys()];
  // Of a slider that is only pointed at, no more than where it stands.
  const missing = portions.filter(portion => !kept.get(slider.key)?.has(`portion ${portion}`)
    && (touched.held || portion === here));
  if (!missing.length) return;
  missing.sort((one, other) => Math.abs(one - here) - Math.abs(other - here));
  waiting = slider.key;
  const some = missing.slice(0, kept.has(slider.key) ? slider.together : 1);
  request('asked', `${touched.name}:${some.join('.')}:${state.drawn}`);
}

function take({ name, portions, at }) {
  const slider = state.sliders[name];
  const known = kept.get(slider.key) ?? new Map();
  kept.delete(slider.key);
  kept.set(slider.key, known);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  for (const portion of portions) known.set(`portion ${portion}`, true);
  for (const [number, preview] of Object.entries(at)) known.set(Number(number), preview);
}

function reach({ target, type }) {
  if (!follows() || !(target instanceof Element)) return;
  const name = Object.keys(state.sliders).find(one => target.closest(`.st-key-${one}`));
  const input = name && target.closest(`.st-key-${name}`).querySelector('input[type=range]');
  if (!input) return;
  if (touched?.input !== input) {
    touched?.observer.disconnect();
    const observer = new MutationObserver(() => {
      if (touched) touched.held = true;
      // What the page draws anew moves a slider too, and not by hand.
      if (touched && (pressed || keyed)) touched.moved = state?.drawn;
      soon();
    });
    observer.observe(input, { attributes: true, attributeFilter: ['aria-valuetext', 'value'] });
    touched = { name, input, observer, held: false };
  }
  if (type !== 'pointerover') touched.held = true; // a key may come, and be held: all positions are asked for before it
  if (type === 'pointerdown') pressed = true;
  askSoon();
}

for (const event of ['pointerup', 'pointercancel']) {
  document.addEventListener(event, () => { pressed = false; }, true);
}

document.addEventListener('keydown', ({ target }) => { keyed = target === touched?.input; }, true);
document.addEventListener('keyup', () => { keyed = false; }, true);

for (const event of ['pointerover', 'pointerdown', 'focusin']) document.addEventListener(event, reach, true);

function told() {
  state = window.explorerPreviews ?? null;
  waiting = '';
  if (state?.now) remember(state.now);
  if (state?.came) take(state.came);
  if (!touched?.input.isConnected) touched = null;
  soon();
}

addEventListener('explorer-previews', told);

// A step that may lead elsewhere: the browser's history, a click but for one on the slider, a key but for those that move
// the slider or the focus. Of a link it counts from where the pointer goes down: what is asked for between that and the
// click could reach the server after it, and lead back.
function elsewhere({ type, target, key, altKey, ctrlKey, metaKey }) {
  const link = target instanceof Element && target.closest('a[href]');
  if (type === 'pointerdown' && !link) return;
  const held = target instanceof Element && touched && target.closest(`.st-key-${touched.name}`);
  const keeps = type === 'click' ? held : type === 'keydown' && (held || key === 'Tab') && !(altKey || ctrlKey || metaKey);
  if (keeps) return;
  if (type === 'popstate' || (link && type !== 'pointerdown')) left = state?.drawn ?? 0;
  unheard = performance.now() + UNHEARD;
  setTimeout(soon, UNHEARD + 1);
}

for (const event of ['pointerdown', 'click', 'keydown', 'popstate']) addEventListener(event, elsewhere, true);

const rest = new MutationObserver(soon);

export default function ({ setTriggerValue }) {
  request = setTriggerValue;
  if (app()) rest.observe(app(), { attributes: true, attributeFilter: ['data-test-script-state'] });
  told();
  return () => document.documentElement.classList.remove('live-moved', 'live-awaited');
}
