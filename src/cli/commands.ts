/** The commands, their options, and examples that run unchanged. */

export const commandNames = [
  ...(['grid', 'descend', 'classify', 'sweep', 'explain', 'join'] as const),
  'bench',
] as const
export type CommandName = (typeof commandNames)[number]

interface Option {
  /** Placeholder for the value; a switch has none. */
  value?: string
  hint: string
}

export const options = {
  permalink: {
    value: '"?v=1&..."',
    hint: 'all settings of an address, whole or from its ? on; other options override them',
  },
  samples: {
    value: 'FILE | preset:NAME | x,y;...',
    hint: 'points from a CSV file; a preset with its loss, view, start, steps and rate; or as in an address',
  },
  loss: { value: 'NAME', hint: 'mean, half or crossEntropy' },
  w: { value: 'MIN,MAX,COUNT', hint: 'the nodes of w; default COUNT from the settings' },
  b: { value: 'MIN,MAX,COUNT', hint: 'the nodes of b, row by row' },
  axes: {
    value: 'A,B',
    hint: 'columns and rows: two of w, b and log10Rate; default w,b',
  },
  log10Rate: { value: 'MIN,MAX,COUNT', hint: 'the nodes of the decimal logarithm of the rate' },
  learningRate: { value: 'RATE', hint: 'the learning rate' },
  rule: {
    value: 'NAME[:RATE][:PARAMETER=VALUE...][:schedule=KIND...]',
    hint: 'the update rule, as in an address; without a rate, the default of that rule',
  },
  steps: { value: 'COUNT', hint: 'steps of each descent' },
  start: { value: 'W,B', hint: 'the start' },
  starts: {
    value: 'W,B;W,B;... | grid:SIDE | random:SIDE[:SEED] | ring:SIDE',
    hint: 'several starts; an arrangement has SIDE x SIDE of them in the view',
  },
  stride: { value: 'COUNT', hint: 'steps from one record to the next; default 1' },
  rates: { value: 'RATE,RATE,...', hint: 'the learning rates' },
  sweep: { value: 'MIN,MAX,COUNT', hint: 'COUNT learning rates from 10^MIN to 10^MAX' },
  direction: { value: 'W,B', hint: 'direction of the step; default: against the gradient' },
  tile: { value: 'I/N', hint: 'rows of part I of N, from 1; --out must be a .part' },
  out: { value: 'FILE', hint: 'written whole or not at all; its extension sets the format' },
  format: { value: 'NAME', hint: 'json or csv, for standard output; default json' },
  engine: {
    value: 'NAME',
    hint: 'auto, gpu or cpu; auto is the GPU if there is one, else the processor',
  },
  workers: { value: 'COUNT', hint: 'workers of the processor; default: one per core' },
  quiet: { hint: 'no progress on standard error' },
  help: { hint: 'this text' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof options

interface Command {
  summary: string
  takes: readonly OptionName[]
  /** Extensions of --out. */
  writes: readonly Extension[]
  /** Options with another meaning in this command. */
  instead?: Partial<Record<OptionName, Option>>
  notes: string
  examples: readonly string[]
}

export type Extension = 'json' | 'csv' | 'png' | 'part' | 'txt'

const data = ['permalink', 'samples', 'loss'] as const
const output = ['out', 'format', 'quiet', 'help'] as const
const computing = ['engine', 'workers', ...output] as const

export const commands: Readonly<Record<CommandName, Command>> = {
  grid: {
    summary: 'loss and gradient at the nodes of a grid over (w, b)',
    takes: [...data, 'w', 'b', 'learningRate', 'tile', ...computing],
    writes: ['json', 'csv', 'png', 'part'],
    instead: {
      learningRate: {
        value: 'RATE',
        hint: 'adds the Hessian, and the change of the loss over one step of this rate',
      },
    },
    notes: 'Same as evaluateGrid of the page. Row 0 is the smallest b. Up to 4,096 nodes a side.',
    examples: [
      'steepest grid --w -6,10,64 --b -8,8,64 --out loss.csv',
      'steepest grid --samples preset:threeMinima --out loss.png',
      'steepest grid --samples points.csv --w -5,5,32 --b -5,5,32 --learningRate 10 --out step.json',
    ],
  },
  descend: {
    summary: 'the paths of descents from one start or many',
    takes: [...data, 'start', 'starts', 'learningRate', 'rule', 'steps', 'stride', ...computing],
    writes: ['json', 'csv'],
    notes:
      'Same as descend of the page: positions[(start * records + record) * 2 + k], k = 0 for w, 1 for b.\n' +
      'If a permalink has several runners, the first visible one descends.',
    examples: [
      'steepest descend --start -2,4 --learningRate 10 --steps 300 --out path.csv',
      'steepest descend --starts "-2,4;3,1" --rule adam:0.1:schedule=exponential:decay=0.99 --steps 100',
      'steepest descend --permalink "?v=1&starts=ring&side=4&steps=50" --stride 10 --format csv',
    ],
  },
  classify: {
    summary: 'where the descents from all nodes of a map end, and how fast',
    takes: [
      ...(['permalink', 'samples', 'loss', 'w', 'b', 'log10Rate', 'axes', 'start'] as const),
      ...(['learningRate', 'rule', 'steps', 'tile'] as const),
      ...computing,
    ],
    writes: ['json', 'csv', 'png', 'part'],
    notes:
      'Same as classify of the page, up to 4,096 nodes a side. --tile I/N computes one part, which\n' +
      'needs none of the others, and steepest join puts them together; any scheduler can spread them.\n' +
      'Minima are sought in the view of the settings, enlarged threefold, whatever the map shows.',
    examples: [
      'steepest classify --w -6,10,64 --b -8,8,64 --steps 100 --out map.png',
      'steepest classify --axes w,log10Rate --w -6,10,48 --log10Rate -1,2,32 --start 0,-0.23 --steps 50',
      'steepest classify --w -6,10,64 --b -8,8,64 --steps 100 --tile 2/4 --out map.2.part',
    ],
  },
  sweep: {
    summary: 'where one start ends at each of many learning rates',
    takes: [...data, 'start', 'rates', 'sweep', 'rule', 'steps', ...computing],
    writes: ['json', 'csv'],
    notes: 'Same as sweep of the page. By default, it uses the 1,024 rates of the settings.',
    examples: [
      'steepest sweep --start -2,4 --rates 0.1,1,10,100 --steps 300',
      'steepest sweep --rule momentum:gamma=0.8 --sweep -2,2,64 --steps 100 --out rates.csv',
    ],
  },
  explain: {
    summary: 'one step under the magnifier: what is predicted, what happens, which point does what',
    takes: [...data, 'w', 'b', 'learningRate', 'direction', ...output],
    writes: ['json', 'csv'],
    instead: {
      w: { value: 'W', hint: 'where the step begins' },
      b: { value: 'B', hint: 'where the step begins' },
    },
    notes:
      'Same as explainStep of the page, in 64 bits. A permalink gives the shown step of the first visible\n' +
      'runner, in the chosen direction.',
    examples: [
      'steepest explain --w -2 --b 4 --learningRate 30',
      'steepest explain --w -2 --b 4 --learningRate 30 --direction 1,-2 --format csv',
      'steepest explain --permalink "?lens=why&step=12&beta=116&eta=40"',
    ],
  },
  join: {
    summary: 'puts the parts of a map or grid together',
    takes: [...output],
    writes: ['json', 'csv', 'png'],
    notes:
      'Reads each part as it writes: its memory does not grow with the map. Refuses parts that are\n' +
      'damaged, missing, given twice, or from another job, engine or version.',
    examples: ['steepest join map.*.part --out map.png', 'steepest join map.*.part --format csv'],
  },
  bench: {
    summary: 'how fast this machine is, and whether its numbers are right',
    takes: [...computing],
    writes: ['txt', 'json'],
    instead: { format: { value: 'NAME', hint: 'txt or json, for standard output; default txt' } },
    notes:
      'Same as ?bench of the page: gradient descent and Adam on 5 points, gradient descent on 1,024, a\n' +
      'map of 1,024 x 1,024 starts, and 1,048,576 descents moved frame by frame. The engine computes as\n' +
      'it does for the page; some of its numbers are recomputed in 64 bits.',
    examples: ['steepest bench --engine cpu --out speed.txt'],
  },
}
