export { FEATURES } from './features.ts';
export type { JudgeWeights } from './judge.ts';
export { RatedText } from './rated-text.ts';
export type { LineSurprise, TokenSurprise } from './rated-text.ts';
export type { Likelier, LineBits } from './text-bits.ts';
export { tokensOf } from './tokens.ts';
export type { Token, TokenKind, TokenSyntax } from './tokens.ts';
export { WorkspaceWords } from './workspace-words.ts';
