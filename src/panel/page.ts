import { displayLanguage, localize } from '../common/localization/localize.ts';

/** Where the page finds its parts. */
export interface PageParts {
  /** Addresses of the bundle and the styles. */
  readonly script: string;
  readonly styles: string;
  /** What the content policy allows styles to come from. */
  readonly source: string;
  /** Random, new for each page; without it no script runs. */
  readonly nonce: string;
  /** Translations by English text, for what the script writes; left out: it writes English. */
  readonly translations?: Readonly<Record<string, string>> | undefined;
}

/**
 * The markup of the page, in the display language. Its policy (https://www.w3.org/TR/CSP3/) allows the one script and
 * the one style sheet that come with the extension, nothing inline and no network. Everything that varies is written by
 * the script as text.
 */
export function pageMarkup({ script, styles, source, nonce, translations = {} }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${escaped(displayLanguage())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${styles}">
${html`<title>${localize`Char-RNN Training`}</title>`}
</head>
<body data-translations="${escaped(JSON.stringify(translations))}">
<main>
${stateMarkup()}
${curvesMarkup()}
${writingMarkup()}
${corpusMarkup()}
${networkMarkup()}
${suggestionsMarkup()}
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in markup and in the value of an attribute. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]);
}

/** Markup with texts as its values. */
function html(markup: TemplateStringsArray, ...texts: readonly string[]): string {
  return String.raw({ raw: markup }, ...texts.map(escaped));
}

function stateMarkup(): string {
  return html`<header>
      <h1>${localize`Char-RNN training`}</h1>
      <div class="buttons">
        <button type="button" id="train" class="primary" disabled>${localize`Train`}</button>
        <button type="button" id="stop" disabled>${localize`Stop`}</button>
        <button type="button" id="useModelFile" disabled>${localize`Use Model File…`}</button>
        <button type="button" id="deleteModel" disabled>${localize`Delete Model`}</button>
      </div>
    </header>
    <p id="activity">${localize`Looking for the model.`}</p>
    <progress id="progress" aria-label="${localize`Progress`}" max="1" hidden></progress>
    <dl id="facts" class="facts"></dl>`;
}

function curvesMarkup(): string {
  return html`<section id="learning" class="empty" aria-labelledby="curves-title">
    <h2 id="curves-title">${localize`How it learns`}</h2>
    <p class="hint if-empty">${localize`Nothing is measured yet.`}</p>
    <div class="controls">
      <fieldset>
        <legend>${localize`Over`}</legend>
        <label><input type="radio" name="axis" id="axis-steps" /> ${localize`steps`}</label>
        <label
          ><input type="radio" name="axis" id="axis-time" /> ${localize`time of the last training`}</label
        >
      </fieldset>
      <div class="buttons">
        <button type="button" id="zoom-in">${localize`Zoom In`}</button>
        <button type="button" id="zoom-out">${localize`Zoom Out`}</button>
        <button type="button" id="zoom-all">${localize`Show All`}</button>
      </div>
    </div>
    <p class="hint">
      ${localize`Drag over a chart to zoom, click it twice to see all. By keys: arrows go from value to value, + and - zoom, 0 shows all.`}
    </p>
    <p id="values"></p>
    <div
      id="curves"
      role="slider"
      tabindex="0"
      aria-label="${localize`Curves of the training`}"
      aria-valuemin="0"
      aria-valuemax="0"
      aria-valuenow="0"
    >
      <figure>
        <figcaption>
          ${localize`Bits per character`}<span class="key batches"></span
          >${localize`training, single batches`}<span class="key"></span>${localize`training, smoothed`}<span
            class="key held-out"
          ></span
          >${localize`held-out files`}
        </figcaption>
        <div id="chart-loss"></div>
      </figure>
      <div class="small-charts">
        <figure>
          <figcaption>${localize`Learning rate`}</figcaption>
          <div id="chart-rate"></div>
        </figure>
        <figure>
          <figcaption>${localize`Gradient norm`}</figcaption>
          <div id="chart-norm"></div>
        </figure>
        <figure>
          <figcaption>${localize`Characters per second`}</figcaption>
          <div id="chart-speed"></div>
        </figure>
      </div>
    </div>
    <details id="value-table"><summary>${localize`Values as a table`}</summary></details>
  </section>`;
}

function writingMarkup(): string {
  return html`<section id="writing" class="empty" aria-labelledby="writing-title">
    <h2 id="writing-title">${localize`How the writing grew up`}</h2>
    <p class="hint if-empty">${localize`The network has written no sample yet.`}</p>
    <label for="sample-slider" id="sample-label">${localize`Sample`}</label>
    <input type="range" id="sample-slider" min="0" max="0" value="0" disabled />
    <pre id="sample-text" tabindex="0" role="region" aria-label="${localize`What the network wrote`}"></pre>
  </section>`;
}

function corpusMarkup(): string {
  return html`<section id="corpus" class="empty" aria-labelledby="corpus-title">
    <h2 id="corpus-title">${localize`What it learns from`}</h2>
    <p class="hint if-empty">${localize`No training has read the files of this workspace yet.`}</p>
    <p id="corpus-summary"></p>
    <div class="columns">
      <div>
        <h3>${localize`By language`}</h3>
        <div id="by-language"></div>
      </div>
      <div>
        <h3>${localize`By folder`}</h3>
        <div id="by-folder"></div>
      </div>
      <div>
        <h3>${localize`Left out, by reason`}</h3>
        <div id="by-reason"></div>
      </div>
    </div>
  </section>`;
}

function networkMarkup(): string {
  return html`<section id="network" class="empty" aria-labelledby="network-title">
    <h2 id="network-title">${localize`The network`}</h2>
    <p class="hint if-empty">${localize`There is no model yet.`}</p>
    <dl id="network-facts" class="pairs"></dl>
  </section>`;
}

function suggestionsMarkup(): string {
  return html`<section aria-labelledby="suggestions-title">
    <h2 id="suggestions-title">${localize`Suggestions`}</h2>
    <p class="hint">
      ${localize`Counted and kept on this machine alone; no text of yours is kept with the counts.`}
    </p>
    <div id="count-tables"></div>
    <div class="buttons">
      <button type="button" id="forgetCounts">${localize`Forget These Counts`}</button>
    </div>
  </section>`;
}
