import { testGolden } from './golden.ts';

testGolden({
  name: 'Rust',
  indentation: 4,
  learnt: `impl Parser<'_> {
    fn expect(&mut self, token: Token) -> Result<(), Error> {
        match self.next() {
            Some(found) if found == token => Ok(()),
            Wrong(other) => Err(Error::Unexpected(other)),
            None => Err(Error::EndOfInput),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    kind: Kind,
}
`,
  cases: [
    {
      name: 'writes an arm of a match',
      at: '        match self.next() {\n            Some|',
      maxLength: 36,
      want: '(found) if found == token => Ok(()),',
    },
    {
      name: 'is not misled by a lifetime',
      at: "impl Parser<'_> {\n    fn expect(&mut self, token: |\n}\n",
      want: 'Token) -> Result<(), Error> {',
    },
    { name: 'fills an attribute', at: '#[derive(|)]\n', want: 'Debug, Clone, PartialEq' },
    {
      name: 'ends at the arm that is there already',
      at: '            Wrong(other) => Err(Error::U|\n            None => Err(Error::EndOfInput),\n        }\n',
      want: 'nexpected(other)),',
    },
    {
      name: 'closes nested brackets',
      at: '            Some(found) if found == token => Ok(|\n            Wrong(other) => Err(Error::Unexpected(found)),\n',
      want: '()),',
    },
  ],
});
