/** What there is to ask for: the commands, their options, and examples that run as they stand. */

export const commandNames = ['grid', 'descend', 'classify', 'sweep', 'explain', 'join'] as const
export type CommandName = (typeof commandNames)[number]

interface Option {
  /** What stands behind it; a switch where there is none. */
  value?: string
  hint: string
}

export const options = {
  permalink: {
    value: '"?v=1&..."',
    hint: 'all settings of this address, whole or from its ? on; other options go first',
  },
  samples: {
    value: 'FILE | preset:NAME | x,y;...',
    hint: 'points from a CSV; a preset with its loss, view, start, steps and rate; or as in an address',
  },
  loss: { value: 'NAME', hint: 'mean, half or crossEntropy' },
  w: { value: 'MIN,MAX,COUNT', hint: 'the nodes of w; without a count as many as in the settings' },
  b: { value: 'MIN,MAX,COUNT', hint: 'the nodes of b, row by row' },
  axes: {
    value: 'A,B',
    hint: 'columns and rows: two of w, b and log10Rate; w,b if it is left out',
  },
  log10Rate: { value: 'MIN,MAX,COUNT', hint: 'the nodes of the decimal logarithm of the rate' },
  learningRate: { value: 'RATE', hint: 'the learning rate' },
  rule: {
    value: 'NAME[:RATE][:PARAMETER=VALUE...][:schedule=KIND...]',
    hint: 'the update rule, as in an address; its own rate if none is named',
  },
  steps: { value: 'COUNT', hint: 'steps of each descent' },
  start: { value: 'W,B', hint: 'the start' },
  starts: {
    value: 'W,B;W,B;... | grid:SIDE | random:SIDE[:SEED] | ring:SIDE',
    hint: 'several starts; in an arrangement SIDE x SIDE of them in the view',
  },
  stride: { value: 'COUNT', hint: 'every so many steps are recorded; 1 if it is left out' },
  rates: { value: 'RATE,RATE,...', hint: 'the learning rates' },
  sweep: { value: 'MIN,MAX,COUNT', hint: 'powers of ten: so many learning rates between them' },
  direction: { value: 'W,B', hint: 'of the step; against the gradient if it is left out' },
  tile: { value: 'I/N', hint: 'rows of part I of N alone, I from 1; --out is a .part then' },
  out: { value: 'FILE', hint: 'written whole or not at all; its extension says how' },
  format: { value: 'NAME', hint: 'json or csv, for standard output; json if it is left out' },
  engine: {
    value: 'NAME',
    hint: 'auto, gpu or cpu; auto is the GPU where there is one, else the processor',
  },
  workers: { value: 'COUNT', hint: 'of the processor; as many as it has cores if it is left out' },
  quiet: { hint: 'no progress on standard error' },
  help: { hint: 'this text' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof options

interface Command {
  summary: string
  takes: readonly OptionName[]
  /** Extensions of --out. */
  writes: readonly Extension[]
  /** What the same option is for here, where that is something else. */
  instead?: Partial<Record<OptionName, Option>>
  notes: string
  examples: readonly string[]
}

export type Extension = 'json' | 'csv' | 'png' | 'part'

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
    notes: 'As evaluateGrid of the page. Row 0 is the smallest b. Up to 4,096 nodes a side.',
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
      'As descend of the page: positions[(start * records + record) * 2 + k], k = 0 for w, 1 for b.\n' +
      'Of several runners in a permalink the first visible one descends.',
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
      'As classify of the page, up to 4,096 nodes a side. --tile I/N computes one part, which needs\n' +
      'none of the others, and steepest join puts them together; any scheduler can spread them.\n' +
      'Minima are sought in the view of the settings enlarged threefold, whatever the map.',
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
    notes: 'As sweep of the page. Without --rates or --sweep the 1,024 rates of the settings.',
    examples: [
      'steepest sweep --start -2,4 --rates 0.1,1,10,100 --steps 300',
      'steepest sweep --rule momentum:gamma=0.8 --sweep -2,2,64 --steps 100 --out rates.csv',
    ],
  },
  explain: {
    summary: 'one step under the magnifier: what is promised, what happens, which point does what',
    takes: [...data, 'w', 'b', 'learningRate', 'direction', ...output],
    writes: ['json', 'csv'],
    instead: {
      w: { value: 'W', hint: 'where the step begins' },
      b: { value: 'B', hint: 'where the step begins' },
    },
    notes:
      'As explainStep of the page, in 64 bits. Of a permalink: the step of the first visible runner\n' +
      'that is shown, in the direction that is chosen.',
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
      'Reads each part as it writes: what it holds in memory does not grow with the map. Refuses parts\n' +
      'that are damaged, missing, twice there, or of another job, engine or version.',
    examples: ['steepest join map.*.part --out map.png', 'steepest join map.*.part --format csv'],
  },
}
