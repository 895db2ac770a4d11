// A random number that this browser keeps, so that a reload, a locked phone or a lost network make no second person of
// whoever answers. It says nothing about them; a cleared browser draws another.

const KEY = 'explorer_room_browser';
const WHOLE = /^[A-Za-z0-9_-]{16,64}$/;
let unkept = '';

function draw() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

function own() {
  try {
    if (!WHOLE.test(localStorage.getItem(KEY) ?? '')) localStorage.setItem(KEY, draw());
    return [localStorage.getItem(KEY), true];
  } catch {
    unkept ||= draw();
    return [unkept, false];
  }
}

export default function ({ data, setStateValue }) {
  const [id, kept] = own();
  if (data.known !== id) setStateValue('browser', { id, kept });
}
