const PICTURES = /<!-- pictures -->[^]*?<!-- end of pictures -->/g;
const IN_THEIR_PLACE =
  'Pictures of this are in the walkthrough: run **Help: Welcome** and choose _First Steps with Char-RNN_.';
const LINK = /(?<!!)\[([^\]]*)\]\((?!https?:|#)[^)]+\)/g;

/**
 * README.md as the details page of an installed package shows it, where VS Code shows pictures from web servers alone
 * and resolves no relative paths, and where a reader may not reach the repository: without what stands between the
 * comments about pictures, and with the labels alone of links to other files.
 */
export function packagedReadme(text: string): string {
  return text.replace(PICTURES, IN_THEIR_PLACE).replace(LINK, (_, label: string) => label);
}
