// The map of places: one SVG whose shapes are fetched once, and of which a change paints only what is of another colour.
// What is pointed at, or come to with the arrow keys, is named; a click, Enter or the space bar picks it.

const SVG = 'http://www.w3.org/2000/svg';
const SCALE = 100; // units of the picture in one of the plane: lines have widths of about a pixel
const TURNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const BESIDE = 12; // pixels between a place and its name
const fetched = new Map(); // address -> features, or the promise of them
const maps = new WeakMap(); // place of a map -> what is drawn there

const round = number => Math.round(number * SCALE);
const ring = points => `M${points.map(([x, y]) => `${round(x)} ${round(-y)}`).join('L')}Z`;
const make = (kind, name, within) => {
  const made = kind === 'path' || kind === 'g' || kind === 'svg' ? document.createElementNS(SVG, kind) : document.createElement(kind);
  if (name) made.setAttribute('class', name);
  within?.append(made);
  return made;
};

function features(shapes) {
  if (typeof shapes !== 'string') return shapes.features;
  if (!fetched.has(shapes)) {
    const coming = fetch(shapes).then(answer => answer.json()).then(all => all.features);
    coming.catch(() => fetched.delete(shapes));
    fetched.set(shapes, coming);
  }
  return fetched.get(shapes);
}

function outline({ id, geometry }) {
  const parts = geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];
  const points = parts[0][0];
  const middle = [0, 1].map(axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  return { id, d: parts.flat().map(ring).join(''), x: round(middle[0]), y: round(-middle[1]) };
}

// The shapes, in their order, with nothing in them yet.
function build(place, data, places, boroughs) {
  const [x, y, width, height] = data.box.map(round);
  place.replaceChildren();
  const frame = make('div', 'area-frame', place);
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.style.setProperty('--across', width / height);
  const picture = make('svg', '', frame);
  picture.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  picture.setAttribute('role', 'img');
  const shapes = make('g', data.fine ? 'places fine' : 'places', picture);
  const paths = places.map(({ d }, number) => {
    const path = make('path', '', shapes);
    path.setAttribute('d', d);
    path.dataset.place = number;
    return path;
  });
  if (data.fine) make('path', 'boroughs', picture).setAttribute('d', boroughs.map(({ d }) => d).join(''));
  const map = { name: data.name, places, paths, box: [x, y, width, height], picture, fills: [], at: -1 };
  map.picked = make('path', 'picked', picture);
  map.labels = make('div', 'area-labels', frame);
  map.labels.setAttribute('aria-hidden', 'true');
  map.tip = make('div', 'area-tip', frame);
  map.tip.setAttribute('role', 'status');
  map.scale = make('div', 'area-scale', place);
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  map.frame = frame;
  return map;
}

const percent = (at, low, size) => `${(100 * (at - low)) / size}%`;

function paint(map, data) {
  const [x, y, width, height] = map.box;
  map.paths.forEach((path, number) => {
    const fill = data.paints[data.which[number]]?.[1] || 'none';
    if (map.fills[number] !== fill) path.setAttribute('fill', fill);
    map.fills[number] = fill;
  });
  map.picked.setAttribute('d', map.places.find(({ id }) => id === data.picked)?.d ?? '');
  map.picture.setAttribute('aria-label', data.alt);
  map.frame.setAttribute('aria-label', data.keys);
  map.labels.replaceChildren(...data.labels.map(([east, north, ...lines]) => {
    const label = make('span');
    label.style.left = percent(round(east), x, width);
    label.style.top = percent(round(-north), y, height);
    lines.forEach((line, number) => { make(number ? 'span' : 'b', '', label).textContent = line; });
    return label;
  }));
  const bar = make('i');
  bar.style.background = data.shades;
  map.scale.replaceChildren(bar, ...data.ticks.map(text => { const tick = make('span'); tick.textContent = text; return tick; }));
  if (map.at >= 0) name(map, data, map.at);
}

function name(map, data, number) {
  const [x, y, width, height] = map.box;
  const place = map.places[number];
  map.at = number;
  map.tip.textContent = place ? `${place.id}\n${data.label}: ${data.paints[data.which[number]]?.[0] ?? data.none}` : '';
  if (!place) return;
  // Beside the place where there is more room, and never beyond the map.
  const [room, wide, at] = [map.frame.clientWidth, map.tip.offsetWidth, ((place.x - x) / width) * map.frame.clientWidth];
  const left = at > room / 2 ? at - wide - BESIDE : at + BESIDE;
  map.tip.style.left = `${Math.max(0, Math.min(left, room - wide))}px`;
  map.tip.style.top = percent(place.y, y, height);
}

// The nearest place in the direction of a key, from the one that is named, or the picked one, or the middle.
function step(map, data, [across, down]) {
  const [x, y, width, height] = map.box;
  const from = map.places[map.at] ?? map.places.find(({ id }) => id === data.picked) ?? { x: x + width / 2, y: y + height / 2 };
  let best = [Infinity, map.at];
  map.places.forEach((place, number) => {
    const [dx, dy] = [place.x - from.x, place.y - from.y];
    const along = dx * across + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * across);
    if (along > 0 && aside <= along && along + aside < best[0]) best = [along + aside, number];
  });
  name(map, data, best[1]);
}

function listen(map, data, point) {
  const under = event => Number(event.target.closest?.('[data-place]')?.dataset.place ?? -1);
  const pick = number => { if (map.places[number]) point(map.places[number].id); };
  map.picture.onpointermove = event => { if (under(event) !== map.at) name(map, data, under(event)); };
  map.picture.onpointerleave = () => name(map, data, -1);
  map.picture.onclick = event => pick(under(event));
  map.frame.onblur = () => name(map, data, -1);
  map.frame.onkeydown = event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (TURNS[event.key]) step(map, data, TURNS[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') pick(map.at);
    else if (event.key === 'Escape') name(map, data, -1);
    else return;
    event.preventDefault();
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector('.area-map');
  const wanted = {};
  place.wanted = wanted; // a later call overtakes this one while shapes are on their way
  const draw = (places, boroughs) => {
    if (place.wanted !== wanted) return;
    let map = maps.get(place);
    if (map?.name !== data.name) maps.set(place, map = build(place, data, places.map(outline), boroughs.map(outline)));
    paint(map, data);
    listen(map, data, id => setTriggerValue('pointed', id));
  };
  if (maps.get(place)?.name === data.name) draw();
  else Promise.all([features(data.shapes), features(data.boroughs)]).then(found => draw(...found));
}
