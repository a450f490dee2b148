/** Where the page finds its parts. */
export interface PageParts {
  /** Addresses of the bundle and the styles. */
  readonly script: string;
  readonly styles: string;
  /** What the content policy allows styles to come from. */
  readonly source: string;
  /** Random, new for each page; without it no script runs. */
  readonly nonce: string;
}

/**
 * The markup of the page. Its policy (https://www.w3.org/TR/CSP3/) allows the one script and the one style sheet that
 * come with the extension, nothing inline and no network. Everything that varies is written by the script as text.
 */
export function pageMarkup({ script, styles, source, nonce }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${styles}">
<title>Char-RNN Training</title>
</head>
<body>
<main>
${STATE}
${CURVES}
${WRITING}
${CORPUS}
${NETWORK}
${SUGGESTIONS}
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

const STATE = `<header>
<h1>Char-RNN training</h1>
<div class="buttons">
<button type="button" id="train" class="primary" disabled>Train</button>
<button type="button" id="stop" disabled>Stop</button>
<button type="button" id="useModelFile" disabled>Use Model File…</button>
<button type="button" id="deleteModel" disabled>Delete Model</button>
</div>
</header>
<p id="activity">Looking for the model.</p>
<progress id="progress" aria-label="Progress" max="1" hidden></progress>
<dl id="facts" class="facts"></dl>`;

const CURVES = `<section id="learning" class="empty" aria-labelledby="curves-title">
<h2 id="curves-title">How it learns</h2>
<p class="hint if-empty">Nothing is measured yet.</p>
<div class="controls">
<fieldset><legend>Over</legend>
<label><input type="radio" name="axis" id="axis-steps"> steps</label>
<label><input type="radio" name="axis" id="axis-time"> time of the last training</label>
</fieldset>
<div class="buttons">
<button type="button" id="zoom-in">Zoom In</button>
<button type="button" id="zoom-out">Zoom Out</button>
<button type="button" id="zoom-all">Show All</button>
</div>
</div>
<p class="hint">Drag over a chart to zoom, click it twice to see all. By keys: arrows go from value to value, + and - zoom, 0 shows all.</p>
<p id="values"></p>
<div id="curves" role="slider" tabindex="0" aria-label="Curves of the training" aria-valuemin="0" aria-valuemax="0" aria-valuenow="0">
<figure>
<figcaption>Bits per character<span class="key batches"></span>training, single batches<span class="key"></span>training, smoothed<span class="key held-out"></span>held-out files</figcaption>
<div id="chart-loss"></div>
</figure>
<div class="small-charts">
<figure><figcaption>Learning rate</figcaption><div id="chart-rate"></div></figure>
<figure><figcaption>Gradient norm</figcaption><div id="chart-norm"></div></figure>
<figure><figcaption>Characters per second</figcaption><div id="chart-speed"></div></figure>
</div>
</div>
<details id="value-table"><summary>Values as a table</summary></details>
</section>`;

const WRITING = `<section id="writing" class="empty" aria-labelledby="writing-title">
<h2 id="writing-title">How the writing grew up</h2>
<p class="hint if-empty">The network has written no sample yet.</p>
<label for="sample-slider" id="sample-label">Sample</label>
<input type="range" id="sample-slider" min="0" max="0" value="0" disabled>
<pre id="sample-text" tabindex="0" role="region" aria-label="What the network wrote"></pre>
</section>`;

const CORPUS = `<section id="corpus" class="empty" aria-labelledby="corpus-title">
<h2 id="corpus-title">What it learns from</h2>
<p class="hint if-empty">No training has read the files of this workspace yet.</p>
<p id="corpus-summary"></p>
<div class="columns">
<div><h3>By language</h3><div id="by-language"></div></div>
<div><h3>By folder</h3><div id="by-folder"></div></div>
<div><h3>Left out, by reason</h3><div id="by-reason"></div></div>
</div>
</section>`;

const NETWORK = `<section id="network" class="empty" aria-labelledby="network-title">
<h2 id="network-title">The network</h2>
<p class="hint if-empty">There is no model yet.</p>
<dl id="network-facts" class="pairs"></dl>
</section>`;

const SUGGESTIONS = `<section aria-labelledby="suggestions-title">
<h2 id="suggestions-title">Suggestions</h2>
<p class="hint">Counted and kept on this machine alone; no text of yours is kept with the counts.</p>
<div id="count-tables"></div>
<div class="buttons"><button type="button" id="forgetCounts">Forget These Counts</button></div>
</section>`;
