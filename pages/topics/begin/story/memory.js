// Guesses are kept by the browser's tab: in no link, seen by nobody else, and there again when the page is reloaded.

const KEY = 'explorer_story';
let given = false;

export default function ({ data, setStateValue }) {
  let stored = null;
  try {
    if (Object.keys(data.kept).length) sessionStorage.setItem(KEY, JSON.stringify(data.kept));
    else stored = JSON.parse(sessionStorage.getItem(KEY));
  } catch { /* a browser that keeps nothing: a reload then begins anew */ }
  if (stored && !given) setStateValue('stored', stored);
  given = true;
}
