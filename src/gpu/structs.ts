/**
 * Layouts of the uniform structs: the only place with their fields and offsets. A test compares
 * each with the WGSL of the same name. All fields are 4-byte scalars, so field i is at byte 4 i.
 */

type Scalar = 'u32' | 'f32'

class UniformStruct<Field extends string> {
  private readonly names: readonly Field[]

  constructor(readonly fields: Readonly<Record<Field, Scalar>>) {
    this.names = Object.keys(fields) as Field[]
  }

  /** Size in bytes. */
  get size(): number {
    return this.names.length * 4
  }

  pack(values: Readonly<Record<Field, number>>): ArrayBuffer {
    const data = new DataView(new ArrayBuffer(this.size))
    this.names.forEach((name, i) => {
      if (this.fields[name] === 'u32') data.setUint32(i * 4, values[name], true)
      else data.setFloat32(i * 4, values[name], true)
    })
    return data.buffer
  }
}

export const uniformStructs = {
  GridParams: new UniformStruct({
    columns: 'u32',
    rows: 'u32',
    nodeStep: 'u32',
    firstRow: 'u32',
    lastRow: 'u32',
    learningRate: 'f32',
  }),
  StepParams: new UniformStruct({
    trajectories: 'u32',
    first: 'u32',
    count: 'u32',
    firstStep: 'u32',
    lastStep: 'u32',
    steps: 'u32',
    stride: 'u32',
    firstRecord: 'u32',
    width: 'u32',
    stopBelow: 'f32',
  }),
  OutcomeParams: new UniformStruct({
    columns: 'u32',
    rows: 'u32',
    nodeStep: 'u32',
    first: 'u32',
    count: 'u32',
    firstStep: 'u32',
    lastStep: 'u32',
    steps: 'u32',
    windowStart: 'u32',
    stayStart: 'u32',
    columnAxis: 'u32',
    rowAxis: 'u32',
    startW: 'f32',
    startB: 'f32',
    learningRate: 'f32',
    targetCount: 'u32',
    epochSteps: 'u32',
    stability: 'f32',
    rise: 'f32',
    plateau: 'f32',
    lowLoss: 'f32',
  }),
  RuleParams: new UniformStruct({
    gamma: 'f32',
    meanKept: 'f32',
    meanAdded: 'f32',
    squareKept: 'f32',
    squareAdded: 'f32',
    epsilon: 'f32',
    damping: 'f32',
    tableFirst: 'u32',
    rowSize: 'u32',
  }),
  LoadParams: new UniformStruct({
    trajectories: 'u32',
    record: 'u32',
    width: 'u32',
    stateSize: 'u32',
  }),
  DestinationParams: new UniformStruct({
    trajectories: 'u32',
    record: 'u32',
    recordsWidth: 'u32',
    width: 'u32',
    circles: 'u32',
  }),
  DensityParams: new UniformStruct({
    heads: 'u32',
    width: 'u32',
    side: 'u32',
    lowW: 'f32',
    lowB: 'f32',
    cellsPerW: 'f32',
    cellsPerB: 'f32',
  }),
  TraceParams: new UniformStruct({
    trajectories: 'u32',
    count: 'u32',
    chosen: 'u32',
    recordStep: 'u32',
    lastRecord: 'u32',
    width: 'u32',
  }),
}

/** Byte offsets of the Target struct. */
export const targetStruct = { size: 16, place: 0, radius: 8, largest: 12 }

/** Size of the Descent struct in bytes, without the State that it begins with. */
export const descentBytes = 56

/** Byte offsets of the Objective struct; its array is of fixed length, so its size is too. */
export const objectiveStruct = {
  size: 16 + 512 * 16,
  sampleCount: 0,
  lossScale: 4,
  gradientScale: 8,
  samples: 16,
  maxSamples: 1024,
}
