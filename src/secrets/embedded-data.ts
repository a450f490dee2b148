import { hasRunOf } from './prefilter/runs.ts';

/** Shorter runs in a data URI are small icons, which may stay. */
const MIN_URI_RUN = 64;
const MIN_RUN = 256;
const URI_RUN = new RegExp(`(?<=;base64,)[A-Za-z0-9+/_-]{${MIN_URI_RUN},}={0,2}`, 'g');
const RUN = new RegExp(`[A-Za-z0-9+/]{${MIN_RUN},}={0,2}`, 'g');

/**
 * How files of common formats begin in base64: PNG, JPEG, GIF, WebP and WAV, BMP, ICO, TIFF, SVG and XML, WOFF, WOFF2,
 * TrueType, OpenType, PDF, ZIP, gzip, WebAssembly, Ogg, MP3, MP4.
 */
const FILE_BEGINNING =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|Qk[0-3]|AAABAA|SUkqA|TU0AK|PHN2Zy|PD94bWw|d09GMg|d09GRg|AAEAAAA|T1RUTw|JVBERi|UEsDB|H4sI|AGFzbQ|T2dnUw|SUQz|\/\/[st][A-Za-z0-9]|AAAA[A-Za-z0-9+/]{2}Zn?R5cA)/;

/**
 * `line` without the base64 of images, fonts and other files in it, which teaches nothing, while the rest of the line
 * does. Linear in the line.
 */
export function withoutEmbeddedData(line: string): string {
  if (!hasRunOf(line, MIN_URI_RUN)) return line;
  const short = line.includes(';base64,') ? line.replaceAll(URI_RUN, '') : line;
  return short.length < MIN_RUN
    ? short
    : short.replaceAll(RUN, (run) => (FILE_BEGINNING.test(run) ? '' : run));
}
