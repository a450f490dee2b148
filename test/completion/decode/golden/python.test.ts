import { testGolden } from './golden.ts';

testGolden({
  name: 'Python',
  indentation: 4,
  learnt: `class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def withdraw(self, amount):
        if amount > credit_of(self):
            raise ValueError(f'{self.owner} has only {self.credit}')
        self.credit -= amount
        return True
`,
  cases: [
    {
      name: 'writes the body of a method',
      at: 'class Account:\n    def withdraw(self, amount):|\n',
      maxLength: 40,
      want: '\n        if amount > credit_of(self):',
    },
    {
      name: 'ends a block where text below is further out',
      at: 'class Account:\n    def withdraw(self, amount):\n        self.credit -= |\n\n\nclass Other:\n    pass\n',
      want: 'amount\n        return True',
    },
    {
      name: 'closes braces and quotes of a formatted string',
      at: "            raise ValueError(f'{self.|\n        self.credit -= amount\n",
      want: "owner} has only {self.credit}')",
    },
    {
      name: 'leaves out the quote and bracket that stand there',
      at: "            raise ValueError(f'{self.owner} |')\n",
      want: 'has only {self.credit}',
    },
    {
      name: 'writes it in tabs where the document has tabs',
      at: 'class Account:\n\tdef withdraw(self, amount):|\n',
      indentation: 'tabs',
      maxLength: 40,
      want: '\n\t\tif amount > credit_of(self):',
    },
    {
      name: 'does not repeat the line below',
      at: '        self.owner = owner\n        |\n        self.balance = balance\n',
      want: undefined,
    },
  ],
});
