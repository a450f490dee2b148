import { testGolden } from './golden.ts';

testGolden({
  name: 'Go',
  indentation: 'tabs',
  learnt: `func (s *Store) Load(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	defer file.Close()
	return json.NewDecoder(file).Decode(&s.items)
}
`,
  cases: [
    {
      name: 'writes the idiom of an error and closes it',
      at: '\tfile, err := os.Open(path)\n\tif err |\n\tdefer file.Close()\n',
      want: '!= nil {\n\t\treturn fmt.Errorf("load %s: %w", path, err)\n\t}',
    },
    {
      name: 'fills a block that is closed below',
      at: '\tif err != nil {\n\t\t|\n\t}\n',
      want: 'return fmt.Errorf("load %s: %w", path, err)',
    },
    { name: 'fills the arguments', at: '\tfile, err := os.Open(|)\n', want: 'path' },
    {
      name: 'ends a format before its quote',
      at: '\t\treturn fmt.Errorf("|", path, err)\n',
      want: 'load %s: %w',
    },
    {
      name: 'does not close the function twice',
      at: 'func (s *Store) Load(path string) error {\n\treturn json.NewDecoder(|\n}\n',
      want: 'file).Decode(&s.items)',
    },
  ],
});
