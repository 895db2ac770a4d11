// A button that copies a link with one press, and says that it did: over http on a local network too, where browsers
// offer no clipboard to a page and a selected text is copied instead.

const HOLD = 4000;

function copySelected(text, beside) {
  const box = document.createElement('textarea');
  box.value = text;
  box.readOnly = true;
  box.style.cssText = 'position:fixed;top:0;left:0;opacity:0;';
  beside.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done;
}

async function copy(text, beside) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* refused: the other way is tried */ }
  }
  return copySelected(text, beside);
}

function say(words) {
  const place = document.getElementById('explorer-announcer');
  if (place) place.textContent = words;
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const byHand = parentElement.querySelector('input');
  button.dataset.link = data.link;
  button.disabled = !data.link;
  byHand.hidden = true;
  button.onclick = async () => {
    const copied = await copy(button.dataset.link, parentElement);
    button.textContent = copied ? 'Link copied' : 'Copy it here:';
    byHand.value = button.dataset.link;
    byHand.hidden = copied;
    if (copied) button.focus();
    else byHand.select();
    say(copied ? 'Link copied' : 'This browser copies nothing by itself. The link is selected: copy it by hand.');
    clearTimeout(button.waiting);
    button.waiting = setTimeout(() => { button.textContent = 'Copy link'; }, HOLD);
  };
}
