export { normalized, openingSymbols } from '../sampling/index.ts';
