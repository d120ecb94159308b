/*
 * Stands before the theme's search worker, whose path is this one's query: starts it at the first search, and asks it
 * first for what has all words of a message. The theme's own way, any of the words, is what follows if nothing has.
 */

"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]; // the theme's types of messages

let worker = null;
let ready = false;
let latest = "";
let asked = []; // in the order of the answers to come

function stop() {
  worker?.terminate();
  worker = null; // the next letter tries again
  ready = false;
  asked = [];
}

async function start(index) {
  worker = new Worker(location.search.slice(1));
  worker.onerror = stop;
  worker.onmessage = ({ data }) => {
    if (data.type === READY) {
      ready = true;
      ask(latest);
    } else {
      answer(asked.shift(), data);
    }
  };
  index ??= await (await fetch("../../search/search_index.json")).json();
  worker?.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
}

function send(query, words) {
  asked.push({ query, words });
  worker.postMessage({ type: QUERY, data: words });
}

function ask(query) {
  const words = query.split(/[\s:;,]+/).filter(Boolean);
  // Who writes an operator means it. The last word may still grow.
  const plain = words.length && !/["*+^~]|(^|\s)-/.test(query);
  send(query, plain ? `${words.map((word) => `+${word}`).join(" ")}${/\w$/.test(query) ? "*" : ""}` : query);
}

function answer({ query, words }, message) {
  if (query !== latest) return;
  if (message.data.items.length || words === query) postMessage(message);
  else send(query, query);
}

onmessage = ({ data: { type, data } }) => {
  if (type === SETUP) {
    if (!worker) start(data).catch(stop);
    return;
  }
  const query = (latest = data);
  if (ready) ask(query);
  else if (!query) postMessage({ type: RESULT, data: { items: [] } });
  else if (!worker) start().catch(stop);
};

postMessage({ type: READY });
