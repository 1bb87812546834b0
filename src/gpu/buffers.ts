/** Creates buffers and bindings in the forms that the passes share. */

export function createUniformBuffer(device: GPUDevice, label: string, size: number): GPUBuffer {
  return device.createBuffer({
    label,
    size,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  })
}

export function createStorageBuffer(device: GPUDevice, label: string, size: number): GPUBuffer {
  return device.createBuffer({
    label,
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  })
}

/** Binds resources 0, 1, 2, ... of a group; null for a binding that the program does not use. */
export function bind(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  resources: readonly (GPUBuffer | GPUTexture | null)[],
  group = 0,
): GPUBindGroup {
  return device.createBindGroup({
    label: pipeline.label,
    layout: pipeline.getBindGroupLayout(group),
    entries: resources.flatMap((resource, binding) => {
      if (!resource) return []
      return [
        {
          binding,
          resource: 'createView' in resource ? resource.createView() : { buffer: resource },
        },
      ]
    }),
  })
}

/** One compute pass with one dispatch and its groups in order. */
export function dispatch(
  encoder: GPUCommandEncoder,
  pipeline: GPUComputePipeline,
  groups: readonly GPUBindGroup[],
  ...workgroups: [x: number, y?: number]
): void {
  const pass = encoder.beginComputePass({ label: pipeline.label })
  pass.setPipeline(pipeline)
  groups.forEach((group, i) => {
    pass.setBindGroup(i, group)
  })
  pass.dispatchWorkgroups(...workgroups)
  pass.end()
}
