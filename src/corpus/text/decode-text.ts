import { decode } from '../encoding/decode.ts';
import type { DecodedText } from '../encoding/decode.ts';
import { Yielder } from '../../common/yielder.ts';

/**
 * The text of one document, decoded as the files of a corpus are, or the reason why there is none. Line ends
 * become LF; the rest stays as it is, so that columns are those an editor counts.
 */
export async function decodeText(bytes: Buffer): Promise<DecodedText | { readonly reason: string }> {
  const decoded = await decode(bytes, new Yielder(undefined));
  if ('reason' in decoded) return decoded;
  return { ...decoded, text: decoded.text.replaceAll(/\r\n?/g, '\n') };
}
