// A facilitator's secret comes after the # of their link, which no browser sends to a server or to another site. It is
// taken out of the address at once, and kept by this tab alone, so that a reload does not need the link again.

const KEY = 'explorer_room_lead';
const LINK = /^#lead=([0-9a-f]{32})$/;
const SECRET = /^[0-9a-f]{32}$/;
let heard = () => {};

function fromAddress() {
  const found = LINK.exec(location.hash);
  if (!found) return '';
  history.replaceState(history.state, '', location.pathname + location.search);
  return found[1];
}

function kept(secret) {
  try {
    if (secret === '') sessionStorage.removeItem(KEY);
    else if (secret) sessionStorage.setItem(KEY, secret);
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return secret ?? '';
  }
}

window.addEventListener('hashchange', () => heard());

export default function ({ data, setStateValue }) {
  const look = () => {
    const given = fromAddress();
    const secret = given || kept(data.left ? '' : data.known || null);
    if (given) kept(given);
    if (SECRET.test(secret) && secret !== data.known) setStateValue('secret', secret);
  };
  heard = look;
  look();
}
