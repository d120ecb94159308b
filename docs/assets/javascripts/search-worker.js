/* Stands before the theme's search worker, whose path is this one's query, and starts it at the first search. */

"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]; // the theme's types of messages

let worker = null;
let ready = false;
let latest = "";

function stop() {
  worker?.terminate();
  worker = null; // the next letter tries again
  ready = false;
}

async function start() {
  worker = new Worker(location.search.slice(1));
  worker.onerror = stop;
  worker.onmessage = ({ data }) => {
    if (data.type !== READY) return postMessage(data);
    ready = true;
    worker.postMessage({ type: QUERY, data: latest });
  };
  const found = await fetch("../../search/search_index.json");
  const { config, docs } = await found.json();
  worker?.postMessage({ type: SETUP, data: { config, docs, options: { suggest: false } } });
}

onmessage = ({ data: { data: query } }) => {
  latest = query;
  if (ready) worker.postMessage({ type: QUERY, data: query });
  else if (!query) postMessage({ type: RESULT, data: { items: [] } });
  else if (!worker) start().catch(stop);
};

postMessage({ type: READY });
