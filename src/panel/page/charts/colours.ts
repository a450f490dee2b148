/** VS Code's colours, which a canvas needs as values. */
export interface ChartColours {
  readonly text: string;
  readonly grid: string;
  readonly first: string;
  readonly second: string;
  readonly faint: string;
}

export function chartColours(): ChartColours {
  const style = getComputedStyle(document.body);
  const colour = (...names: string[]): string =>
    names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '') ??
    style.color;
  const isHighContrast = /\bvscode-high-contrast/.test(document.body.className);
  return {
    text: colour('foreground'),
    grid: isHighContrast ? colour('contrastBorder') : colour('editorIndentGuide-background1', 'panel-border'),
    first: colour('charts-blue', 'textLink-foreground'),
    second: colour('charts-orange', 'editorWarning-foreground'),
    faint: colour('charts-lines', 'disabledForeground'),
  };
}

/** Runs `listener` whenever the theme changes: VS Code then writes other classes and variables. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
