// Whether a facilitator has done something: a short question that the server answers from memory, beside the socket, so
// that a room of phones costs it next to nothing while nothing happens. Only what is new lets a part of the page run.

const LOST = 5; // looks until what was told is told again: it may have gone astray with the network
let timer = 0;
let wait = 0;
let look = () => {};

addEventListener('online', () => look());
document.addEventListener('visibilitychange', () => look());

export default function ({ data, setTriggerValue }) {
  const ask = async () => {
    if (document.hidden || wait-- > 0) return;
    wait = 0;
    try {
      const answer = await fetch(new URL(data.at, document.baseURI), { cache: 'no-store' });
      if (answer.status === 503 || (await answer.text()) === data.said) return;
      wait = LOST;
      setTriggerValue('news', Date.now());
    } catch {} // without a network there is no news
  };
  look = () => {
    wait = 0;
    ask();
  };
  clearInterval(timer);
  wait = 0;
  const own = timer = setInterval(ask, data.every);
  return () => clearInterval(own);
}
