// Says when what a person looks for is on their screen: by the page's own clock, in milliseconds, at the end of the
// frame that paints it. A look from outside comes by every half second.
(() => {
  const PATIENCE = 120_000;
  const page = location.search.startsWith("?contract=") ? "one contract" : location.pathname.slice(1) || "home";
  const wanted = window.pages[page];
  const [useful, foundUseful] = promise(wanted);
  const [whole, ended] = promise("the end of the script");
  Object.assign(window, { useful, whole });
  let answer;

  // Streamlit's tables write their cells on a canvas: a row is there when its words are written.
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (words, ...place) {
    if (wanted === "row") painted(foundUseful, 0);
    if (answer && answer.from !== null && words === answer.words) {
      painted(answer.done, answer.from);
      answer = null;
    }
    return write.call(this, words, ...place);
  };

  // `answered` becomes the time from the next Enter to the moment at which a table shows `words`.
  window.expect = (words) => {
    const [answered, done] = promise(words);
    answer = { words, done, from: null };
    window.answered = answered;
  };
  addEventListener("keydown", (event) => {
    if (answer && event.key === "Enter") answer.from = event.timeStamp;
  }, true);

  new MutationObserver((_, observer) => {
    if (wanted === "row") return observer.disconnect();
    const found = [...document.querySelectorAll(`:is(${wanted}):not([data-testid=stSidebar] *)`)];
    if (!found.some((one) => one.getClientRects().length && (one.placeholder || one.textContent).trim())) return;
    observer.disconnect();
    painted(foundUseful, 0);
  }).observe(document, { subtree: true, childList: true, characterData: true });

  let ran = false;
  new MutationObserver((_, observer) => {
    const app = document.querySelector("[data-testid=stApp]");
    const state = app && app.getAttribute("data-test-script-state");
    if (state === "running") ran = true;
    if (!ran || state !== "notRunning") return;
    observer.disconnect();
    painted(ended, 0);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });

  function painted(done, from) {
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
  }

  function promise(of) {
    let keep;
    const kept = new Promise((done, fail) => {
      keep = done;
      setTimeout(() => fail(new Error(`No ${of} at ${location}`)), PATIENCE);
    });
    kept.catch(() => {});
    return [kept, keep];
  }
})();
