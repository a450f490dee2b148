import { testGolden } from './golden.ts';

testGolden({
  name: 'Java',
  indentation: 4,
  learnt: `public final class Range implements Iterable<Integer> {
    private final int start;

    @Override
    public Iterator<Integer> iterator() throws Bad {
        return IntStream.range(start, end).iterator();
    }

    public static Range of(int start, int end) throws Worse {
        if (end < start) {
            throw new IllegalArgumentException("end before start");
        }
        return new Range(start, end);
    }
}
`,
  cases: [
    {
      name: 'goes on with what an annotation calls for',
      at: '    @Override\n    public It|\n',
      maxLength: 40,
      want: 'erator<Integer> iterator() throws Bad {',
    },
    {
      name: 'stops before the bracket that stands there',
      at: '        return new Range(|);\n',
      want: 'start, end',
    },
    {
      name: 'writes a block with its bracket',
      at: '        if (end < start) {|\n        return new Range(start, end);\n',
      want: '\n            throw new IllegalArgumentException("end before start");\n        }',
    },
    {
      name: 'leaves the bracket to the one below',
      at: '        if (end < start) {\n            |\n        }\n',
      want: 'throw new IllegalArgumentException("end before start");',
    },
    {
      name: 'says nothing before other text',
      at: '        return new Range(|start, end);\n',
      want: undefined,
    },
    {
      name: 'does not repeat the line below',
      at: '        }\n        |\n        return new Range(start, end);\n',
      want: undefined,
    },
  ],
});
