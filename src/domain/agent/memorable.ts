/** Names that a person can say across a desk: `bold-fox`. The same seed gives the same name while it is free. */

const adjectives = [
  ...['amber', 'bold', 'brave', 'brisk', 'calm', 'clear', 'clever', 'coral', 'cosy', 'crisp', 'daring', 'eager'],
  ...['early', 'fair', 'fast', 'fine', 'fond', 'gentle', 'glad', 'golden', 'grand', 'green', 'happy', 'hardy'],
  ...['honest', 'ivory', 'jolly', 'keen', 'kind', 'light', 'lively', 'loyal', 'lucky', 'mellow', 'merry', 'mild'],
  ...['misty', 'neat', 'noble', 'olive', 'patient', 'plain', 'polite', 'proud', 'quick', 'quiet', 'rapid', 'ready'],
  ...['rosy', 'royal', 'sandy', 'silent', 'silver', 'sleek', 'smart', 'snowy', 'solid', 'steady', 'sunny', 'sure'],
  ...['tidy', 'warm', 'wise', 'witty'],
];

const animals = [
  ...['adder', 'badger', 'bear', 'beaver', 'bee', 'bison', 'boar', 'bream', 'camel', 'carp', 'cat', 'cod'],
  ...['crab', 'crane', 'crow', 'deer', 'dove', 'duck', 'eagle', 'eel', 'elk', 'falcon', 'finch', 'fox'],
  ...['frog', 'goat', 'goose', 'gull', 'hare', 'hawk', 'heron', 'horse', 'ibex', 'jay', 'kite', 'koala'],
  ...['lark', 'lemur', 'lion', 'lynx', 'mole', 'moose', 'mouse', 'newt', 'otter', 'owl', 'panda', 'perch'],
  ...['pike', 'puma', 'rabbit', 'raven', 'robin', 'seal', 'shrew', 'snail', 'stork', 'swan', 'swift', 'tiger'],
  ...['toad', 'trout', 'wolf', 'wren'],
];

/** `seed` is hexadecimal, eight digits or more. Where a name is taken the next is tried; all 4,096 taken, they are numbered. */
export function memorableName(seed: string, isTaken: (name: string) => boolean): string {
  const start = Number.parseInt(seed.slice(0, 8), 16);
  const count = adjectives.length * animals.length;
  for (let round = 1; ; round++) {
    for (let step = 0; step < count; step++) {
      // A step of a prime walks through all pairs, and neighbours share no word.
      const n = (start + step * 1_009) % count;
      const name = `${adjectives[n % adjectives.length]}-${animals[Math.floor(n / adjectives.length)]}`;
      const numbered = round === 1 ? name : `${name}-${round}`;
      if (!isTaken(numbered)) return numbered;
    }
  }
}
