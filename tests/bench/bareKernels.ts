/** Bare kernels: one dispatch, no slices, nothing recorded, buffers made beforehand. */
import { readBuffer } from '../../src/gpu/readback'
import { gridNodes } from '../../src/model/grid'
import { type NeuronForm, neuronForms, packSamples } from './bareNeuron'
import type { Contestant } from './contest'
import type { NeuronDescents, NeuronGrid } from './jobs'

export function bareDescents(device: GPUDevice, job: NeuronDescents): Promise<Contestant[]> {
  return Promise.all(neuronForms.map((form) => bareDescent(device, job, form)))
}

export function bareGrids(device: GPUDevice, job: NeuronGrid): Promise<Contestant[]> {
  return Promise.all(neuronForms.map((form) => bareGrid(device, job, form)))
}

async function bareDescent(
  device: GPUDevice,
  job: NeuronDescents,
  form: NeuronForm,
): Promise<Contestant> {
  const n = job.objective.samples.length
  const code = `
@group(0) @binding(0) var<uniform> points: array<vec4f, ${n}>;
@group(0) @binding(1) var<uniform> factorAndSteps: vec2f;
@group(0) @binding(2) var<storage, read_write> states: array<vec2f>;
${form.sums(n)}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&states)) {
    return;
  }
  hold();
  var theta = states[id.x];
  let factor = factorAndSteps.x;
  let steps = u32(factorAndSteps.y);
  for (var step = 0u; step < steps; step++) {
    theta -= factor * sums(theta.x, theta.y).yz;
  }
  states[id.x] = theta;
}`
  const factorAndSteps = Float32Array.of((job.runner.learningRate * 2) / n, job.steps)
  const states = storageBuffer(device, job.starts.byteLength)
  const submit = await prepare(
    device,
    code,
    [Math.ceil(job.starts.length / 128)],
    [
      uniformBuffer(device, packSamples(job.objective, form)),
      uniformBuffer(device, factorAndSteps),
      states,
    ],
  )
  const run = () => {
    device.queue.writeBuffer(states, 0, job.starts)
    submit()
    return device.queue.onSubmittedWorkDone().then(() => {})
  }
  return {
    engine: labelOf(form),
    share: 1,
    run,
    result: () => run().then(() => read(device, states)),
  }
}

async function bareGrid(device: GPUDevice, job: NeuronGrid, form: NeuronForm): Promise<Contestant> {
  const n = job.objective.samples.length
  const [columns, rows] = [job.w[2], job.b[2]]
  const code = `
@group(0) @binding(0) var<uniform> points: array<vec4f, ${n}>;
@group(0) @binding(1) var<storage, read> nodes: array<f32>;
@group(0) @binding(2) var<storage, read_write> cells: array<vec4f>;
${form.sums(n)}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${columns}u || id.y >= ${rows}u) {
    return;
  }
  hold();
  let sum = sums(nodes[id.x], nodes[${columns}u + id.y]);
  cells[id.y * ${columns}u + id.x] = vec4f(sum * vec3f(${1 / n}, ${2 / n}, ${2 / n}), 0.0);
}`
  const nodes = Float32Array.of(...gridNodes(job.w), ...gridNodes(job.b))
  const nodeBuffer = storageBuffer(device, nodes.byteLength)
  device.queue.writeBuffer(nodeBuffer, 0, nodes)
  const cells = storageBuffer(device, columns * rows * 16)
  const submit = await prepare(
    device,
    code,
    [Math.ceil(columns / 64), rows],
    [uniformBuffer(device, packSamples(job.objective, form)), nodeBuffer, cells],
  )
  const run = () => {
    submit()
    return device.queue.onSubmittedWorkDone().then(() => {})
  }
  return {
    engine: labelOf(form),
    share: 1,
    run,
    result: () => run().then(() => read(device, cells)),
  }
}

/** A function that submits one dispatch. */
async function prepare(
  device: GPUDevice,
  code: string,
  workgroups: [number, number?],
  buffers: readonly GPUBuffer[],
): Promise<() => void> {
  const module = device.createShaderModule({ label: 'bare kernel', code })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } })
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  })
  return () => {
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, group)
    pass.dispatchWorkgroups(...workgroups)
    pass.end()
    device.queue.submit([encoder.finish()])
  }
}

function uniformBuffer(device: GPUDevice, data: Float32Array): GPUBuffer {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const buffer = device.createBuffer({ size: data.byteLength, usage })
  device.queue.writeBuffer(buffer, 0, data.slice())
  return buffer
}

function storageBuffer(device: GPUDevice, size: number): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC
  return device.createBuffer({ size, usage })
}

async function read(device: GPUDevice, buffer: GPUBuffer): Promise<Float32Array> {
  return new Float32Array(await readBuffer(device, buffer, buffer.size))
}

/** Only what begins with "bare:" is counted among the bare kernels. */
function labelOf({ name, isPermitted }: NeuronForm): string {
  return isPermitted ? `bare: ${name}` : `bare, but 1 - f cancels: ${name}`
}
