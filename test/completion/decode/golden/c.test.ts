import { testGolden } from './golden.ts';

testGolden({
  name: 'C',
  indentation: 'tabs',
  learnt: `static int ring_alloc(struct ring *ring, size_t size)
{
	ring->data = kzalloc(size, GFP_KERNEL);
	if (!ring->data)
		return -ENOMEM;

	ring->size = size;
	mutex_init(&ring->lock);
	return 0;
}

static void ring_free(struct ring *ring)
{
	mutex_lock(&ring->lock);
	kfree(ring->data);
	ring->data = NULL;
	mutex_unlock(&ring->lock);
	pr_debug("ring %p is free\\n", ring);
}
`,
  cases: [
    {
      name: 'ends before the bracket that the editor closed',
      at: '\tring->data = kzalloc(|);\n',
      want: 'size, GFP_KERNEL',
    },
    {
      name: 'closes what the line opened',
      at: '\tring->data = kzalloc(size, |\n\tother();\n}\n',
      want: 'GFP_KERNEL);',
    },
    {
      name: 'does not repeat the next line',
      at: '\tmutex_lock(&ring->lock);\n\t|\n\tkfree(ring->data);\n',
      want: undefined,
    },
    {
      name: 'stops where the next line goes on',
      at: '\tkfree(ring->data);\n\tring->data = N|\n\tmutex_unlock(&ring->lock);\n}\n',
      want: 'ULL;',
    },
    {
      name: 'leaves the closing of the function to the bracket below',
      at: '{\n\tmutex_unlock(&ring->lock);\n\tpr_d|\n}\n',
      want: 'ebug("ring %p is free\\n", ring);',
    },
    {
      name: 'goes to the end of a format within quotes',
      at: '\tpr_debug("ring |");\n',
      want: '%p is free\\n',
    },
    {
      name: 'says nothing in a table of numbers',
      at: 'static const u8 table[] = {\n\t0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b, 0x6f, 0xc5, 0x30, 0x01, 0x67, |\n};\n',
      want: undefined,
    },
  ],
});
